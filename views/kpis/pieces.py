"""What stands in several messages about KPIs. What a button says aloud names the KPI."""

from collections.abc import Sequence
from datetime import date

from domain.core import Command
from domain.kpis.record import Kpi, KpiAlert
from views.core import Language, Mrkdwn, blocks as b
from views.kpis.carried import SeriesOf, ValueOf
from views.kpis.values import series_name

TABLE_SHOWN = 40


def chart_button(kpi: Kpi, segment: str, t: Language) -> b.Element:
    label = t("Show the chart of {kpi}", kpi=series_name(kpi, segment, t))
    return b.button(t("Chart"), "kpi.chart", SeriesOf(kpi.id, segment), label=label)


def rebase_button(kpi: Kpi, segment: str, t: Language) -> b.Element:
    label = t("Re-base the chart of {kpi}", kpi=series_name(kpi, segment, t))
    return b.button(t("Re-base the chart"), "kpi.rebase", SeriesOf(kpi.id, segment), label=label)


def enter_button(
    kpi: Kpi, name: str, t: Language, *, segment: str | None = None, period: date | None = None, primary: bool = False
) -> b.Element:
    """A value of any series, or of one; the one for `period` where that is missing."""
    label = t("Enter the value of {kpi}", kpi=name)
    text = t("Enter the value") if period else t("Enter a value")
    return b.button(text, "kpi.enter", ValueOf(kpi.id, period, segment), style="primary" * primary, label=label)


def acknowledge_button(alert: KpiAlert, name: str, t: Language) -> b.Element:
    label = t("Acknowledge the alert of {kpi}", kpi=name)
    return b.button(t("Acknowledge"), "kpi.acknowledge", str(alert.id), style="primary", label=label)


def table(sign: str, title: str, rows: Sequence[b.Block], why: Mrkdwn, t: Language) -> b.Rendered:
    """Many that came at once in one message, each leading on; the list has those that it cuts."""
    others = t.markup("The others are in {command}.", command=Command("gemba kpi list"))
    cut = [b.context(others)] if len(rows) > TABLE_SHOWN else []
    return b.Rendered(title, [b.header(f"{sign} {title}"), *rows[:TABLE_SHOWN], *cut, b.context(why)])
