"""The KPIs on the Home tab: alerts that wait, values that are missing, then how the rest stands."""

from domain.home.queries import Overview
from domain.kpis.queries import HomeKpi
from views.core import Language, Mrkdwn, blocks as b, bold, lines, link, said
from views.core.lists import more
from views.kpis import pieces
from views.kpis.lists import line
from views.kpis.values import for_period


def section(seen: Overview, t: Language) -> list[b.Block]:
    """Nothing for who has none: most people do not."""
    if not seen.kpis:
        return []
    blocks: list[b.Block] = [b.divider(), b.section(bold(t("Your KPIs")))]
    blocks += [b.section(_line(kpi, t), _button(kpi, t)) for kpi in seen.kpis]
    if rest := seen.kpi_count - len(seen.kpis):
        blocks.append(b.context(more(rest, t)))
        blocks.append(b.actions(b.button(t("All KPIs"), "command.run:gemba-kpi", "gemba kpi")))
    return blocks


def _line(of: HomeKpi, t: Language) -> Mrkdwn:
    alert = link(of.link, t("Open the alert")) if of.link else None
    kpi = of.facts.kpi
    missing = said(t("The value for {day} is missing.", day=for_period(kpi, of.late, t))) if of.late else None
    return lines(line(of.facts, t), missing, alert)


def _button(of: HomeKpi, t: Language) -> b.Element:
    """What helps most."""
    kpi, alert = of.facts.kpi, next((series.alert for series in of.facts.series if series.alert), None)
    name = t.name(kpi.name)
    if of.late is not None:
        return pieces.enter_button(kpi, name, t, period=of.late, primary=True)
    if alert is not None and not alert.acknowledged_by:
        return pieces.acknowledge_button(alert, name, t)
    if of.facts.worst.latest is None:
        return pieces.enter_button(kpi, name, t)
    return pieces.chart_button(kpi, of.facts.worst.segment, t)
