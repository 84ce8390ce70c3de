"""KPI alerts, as a kind of record."""

from domain.core.kind import Kind
from domain.core.stored import Stored, index, unique
from domain.kpis.alerts.actions import redraw_card, say_in_thread
from domain.kpis.record import KpiAlert

ALERT: Kind[KpiAlert] = Kind(
    "alert",
    (
        Stored(
            KpiAlert,
            "kpi_alerts",
            (
                index("kpi_id", "segment"),
                index("card"),
                unique("kpi_id", "segment", empty="closed_at", name="uq_kpi_alerts_open"),
            ),
        ),
    ),
    after=(say_in_thread, redraw_card),
)
