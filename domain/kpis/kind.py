"""KPIs, as a kind of record."""

from domain.core import Kind, Stored, index, unique, words
from domain.kpis import messages as said
from domain.kpis.record import Kpi, KpiBaseline, KpiReading, KpiRevision, KpiSeries, KpiShift, KpiSource, KpiVersion
from domain.kpis.rights import CHANGE_KPI

KPI: Kind[Kpi] = Kind(
    "kpi",
    words("KPIs"),
    (
        Stored(Kpi, "kpis", (unique("name"), unique("key", said="key", name="uq_kpis_key"))),
        Stored(KpiVersion, "kpi_versions", (index("kpi_id"),)),
        Stored(KpiSeries, "kpi_series", (unique("kpi_id", "segment"),), recorded=False),
        Stored(
            KpiReading,
            "kpi_readings",
            (unique("kpi_id", "segment", "period"), index("judged_at", empty="judged_at")),
            recorded=False,
        ),
        Stored(KpiRevision, "kpi_revisions", (index("kpi_id", "segment", "period"),), recorded=False),
        Stored(KpiShift, "kpi_shifts", (index("kpi_id", "segment"), index("card")), recorded=False),
        Stored(KpiBaseline, "kpi_baselines", (index("kpi_id", "segment"),)),
        Stored(KpiSource, "kpi_sources", (unique("name"), unique("token_hash", in_all=True))),
    ),
    messages=(
        said.KpiAlertNote,
        said.KpiAlertValues,
        said.KpiAlertEscalation,
        said.KpiAlertTable,
        said.KpiSignal,
        said.KpiSignalTable,
        said.KpiPicture,
        said.KpiReport,
        said.KpiReportMore,
        said.KpiExport,
        said.KpiValueMissing,
        said.KpiSourceFailed,
    ),
    may_change=CHANGE_KPI.check,
)
