"""Messages about what a KPI's values tell, and its picture."""

from dataclasses import replace

from domain.core import UnitOfWork
from domain.kpis.charts.queries import KpiChart, chart_of, with_goals
from domain.kpis.charts.xmr import Chart
from domain.kpis.messages import KpiPicture, KpiSignal, KpiSignalTable
from domain.kpis.record import Kpi, KpiShift
from views.cards.looks import Makers, Making
from views.core import Language, Picture, Rendered
from views.core.drawing import known_signs, png
from views.kpis import charts as kpi_charts, signal_table as kpi_signal_table, signals as kpi_signals
from views.kpis.picture import svg


def _signal(message: KpiSignal, making: Making) -> Rendered | None:
    """As of the last value that belongs to the change; nothing where it was taken back before it was out."""
    work, t = making.work, making.t
    shift = work.of(KpiShift).get(message.shift_id)
    drawn = _shifted(work, shift)
    if drawn.chart.now is None:
        return kpi_signals.signal(drawn, t) if work.outbox.posted(shift.card) else None
    said = kpi_signals.signal(drawn, t, kpi_charts.drawn(drawn, t))
    return replace(said, picture=_drawing(drawn, t, instead=True))


def _table(message: KpiSignalTable, making: Making) -> Rendered | None:
    shifts = [making.work.of(KpiShift).get(shift_id) for shift_id in message.shifts]
    charts = [_shifted(making.work, shift) for shift in shifts]
    nothing = all(of.chart.now is None for of in charts) and not making.work.outbox.posted(shifts[0].card)
    return None if nothing else kpi_signal_table.signal_table(charts, making.t)


def _picture(message: KpiPicture, making: Making) -> Rendered | None:
    work, t = making.work, making.t
    drawn = with_goals(work, chart_of(work, work.of(Kpi).get(message.kpi_id), message.segment, until=message.period))
    if drawn.latest is None:
        return None
    return replace(kpi_charts.picture(drawn, message.by, t), picture=_drawing(drawn, t))


def _shifted(work: UnitOfWork, shift: KpiShift) -> KpiChart:
    """The chart up to the change; without values, where nothing has changed after all."""
    kpi = work.of(Kpi).get(shift.kpi_id)
    if shift.gone:
        return KpiChart(kpi, shift.segment, Chart(()))
    return with_goals(work, chart_of(work, kpi, shift.segment, until=shift.last))


def _drawing(of: KpiChart, t: Language, *, instead: bool = False) -> Picture:
    """Drawn when it is posted, by who delivers it."""
    name, described = f"{of.kpi.key or f'kpi-{of.kpi.id}'}.png", kpi_charts.described(of, t)
    return Picture(name, described, lambda: png(svg(of, t, known_signs())), instead)


MAKERS: Makers = {KpiSignal: _signal, KpiSignalTable: _table, KpiPicture: _picture}
