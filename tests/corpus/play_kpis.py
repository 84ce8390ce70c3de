"""The KPIs of the corpus."""

from datetime import date, timedelta
from decimal import Decimal

from domain.core import Bilingual, words
from domain.kpis.messages import KpiSourceFailed
from domain.kpis.record import Frequency, Kpi, KpiReading
from domain.kpis.sources.programs import add_source
from domain.kpis.values.actions import Value, upsert_values
from tests.corpus.hands import SALES, last, submit
from tests.office import Office

LAST_WEEK = date(2026, 11, 22)
STEADY = (9, 11, 9, 11, 10, 9, 11, 10, 9, 11, 10, 10)
MANY = 28
"""KPIs in one channel: more than a report shows in one message."""


def play_kpis(office: Office) -> None:
    """Values and alerts, signals and charts, many at once; a program and a database that bring values."""
    clerk, lead = office.clerk, office.lead
    _bring(office, [_kpi(office, "Picking errors", owner="U0SALESHEAD", data_owner="U0CLERK")], *STEADY, 15)
    shelves = [_kpi(office, f"Shelf {number:02d}") for number in range(MANY)]
    _bring(office, shelves[:7], *STEADY, 15)
    _bring(office, shelves[7:], *STEADY, 10)
    _bring(office, [_kpi(office, f"Gate {number}", "≤9 days") for number in range(7)], 9, 10)
    _bring(office, [_kpi(office, "Returns", "≤9 days", owner="U0SALESHEAD", data_owner="U0CLERK")], 9, 10)
    clerk.command("/gemba kpi record Order fulfilment cycle 3.4 2026-11-23", SALES)
    office.settle()
    card = last(clerk, SALES, "kpi.acknowledge")
    clerk.press(card, "kpi.acknowledge")
    submit(clerk)
    lead.command("/gemba kpi edit Order fulfilment cycle", SALES)
    lead.submit(lead.modal(), {"target": "≤2.9 days", "holds": "day"})
    lead.submit(lead.modal(), {"since": "2026-11-20"})
    submit(lead)
    _charts(office)
    _sources(office)


def _charts(office: Office) -> None:
    clerk, lead = office.clerk, office.lead
    clerk.command("/gemba kpi show Picking errors", SALES)
    for button in ("kpi.chart", "kpi.picture"):
        shown = [message for message in clerk.messages(SALES) if message.get("is_ephemeral")][-1]
        assert clerk.press(shown, button).ok
    lead.command("/gemba kpi archive Gate 6", SALES)
    submit(lead)
    signal = last(office.sales_head, SALES, "kpi.rebase")
    office.sales_head.press(signal, "kpi.rebase")
    submit(office.sales_head, since="2026-11-01", reason="New system")
    lead.command("/gemba kpi export", SALES)


def _sources(office: Office) -> None:
    why = words("The answer must be one number, or rows of (period, value) or (period, segment, value).")
    with office.store() as work:
        kpi = work.of(Kpi).one(name="Picking errors")
        assert kpi is not None
        add_source(work, "erp", [kpi.id], by="U0LEAD", now=office.clock.now())
        failed = KpiSourceFailed(kpi.id, "erp", why, 3)
        work.outbox.say(failed, to="U0CLERK", once="kpi-source:erp:2026-11-23")
    office.settle()


def _kpi(office: Office, name: str, target: str = "≤20 days", **people: str) -> Kpi:
    known = {"key": name.lower().replace(" ", "-"), "frequency": Frequency.WEEKLY, "channel": SALES}
    with office.store() as work:
        kpi = Kpi(name=Bilingual(name), target=target, **known, **people)
        return work.of(Kpi).add(kpi, by="U0LEAD", at=office.clock.now() - timedelta(days=40))


def _bring(office: Office, kpis: list[Kpi], *values: int) -> None:
    """Weekly values of several KPIs, the newest of all as another program writes them: judged at once."""
    weeks = [LAST_WEEK - timedelta(weeks=back) for back in range(len(values) - 1, -1, -1)]
    given = [Value("", week, Decimal(value)) for week, value in zip(weeks, values, strict=True)]
    with office.store() as work:
        for kpi in kpis:
            upsert_values(work, kpi, given[:-1], by="", via="program", now=office.clock.now())
            newest = KpiReading(kpi_id=kpi.id, period=LAST_WEEK, value=Decimal(values[-1]))
            work.of(KpiReading).add(newest, by="", at=office.clock.now())
    office.travel(minutes=2)
