"""Messages about what a KPI's values tell, and its picture."""

from dataclasses import replace
from typing import Any

from bot.delivering.drawing import known_signs, png
from bot.rendering.base import Maker, Making
from domain.messages import KpiPicture, KpiSignal, Message
from domain.use_cases.kpi_signals import KpiChart, chart_of, signal_key
from views import kpi_charts, kpi_signals
from views.blocks import Picture, Rendered
from views.kpi_picture import svg
from views.language import Language


def _signal(message: KpiSignal, making: Making) -> Rendered | None:
    """As of the value it was said with; nothing where a correction came before it was out."""
    drawn, t = _chart(message, making), making.t
    told = making.work.outbox.posted(signal_key(message.kpi_id, message.segment, message.period)) is not None
    if drawn.latest is None or (drawn.chart.now is None and not told):
        return None
    said = kpi_signals.signal(drawn, t, kpi_charts.drawn(drawn, t))
    return replace(said, picture=_drawing(drawn, t, instead=True))


def _picture(message: KpiPicture, making: Making) -> Rendered | None:
    drawn, t = _chart(message, making), making.t
    if drawn.latest is None:
        return None
    return replace(kpi_charts.picture(drawn, message.by, t), picture=_drawing(drawn, t))


def _chart(message: KpiSignal | KpiPicture, making: Making) -> KpiChart:
    work = making.work
    return chart_of(work, work.kpis.get(message.kpi_id), message.segment, until=message.period)


def _drawing(of: KpiChart, t: Language, *, instead: bool = False) -> Picture:
    """Drawn when it is posted, by who delivers it."""
    name, told = f"{of.kpi.key or f'kpi-{of.kpi.id}'}.png", kpi_charts.described(of, t)
    return Picture(name, told, lambda: png(svg(of, t, known_signs())), instead)


MAKERS: dict[type[Message], Maker[Any]] = {KpiSignal: _signal, KpiPicture: _picture}
