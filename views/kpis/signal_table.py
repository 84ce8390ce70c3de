"""Many KPIs whose values have changed at once: one message in place of one each."""

from collections.abc import Sequence

from domain.kpis.charts.queries import KpiChart
from views.core import Language, Mrkdwn, blocks as b, bold, lines
from views.kpis import pieces
from views.kpis.signals import sign, standing, title


def signal_table(charts: Sequence[KpiChart], t: Language) -> b.Rendered:
    """Each up to its change; without values, where nothing has changed after all."""
    still = sum(of.chart.now is not None for of in charts)
    head = t.plural("{count} KPI is not as usual", "{count} KPIs are not as usual", still)
    why = t.markup("They were seen at the same time, so they are one message. It can be chance: look before you act.")
    return pieces.table("🔎" if still else "✅", head, [_row(of, t) for of in charts], why, t)


def _row(of: KpiChart, t: Language) -> b.Block:
    name, episode = title(of, t), of.chart.now
    button = pieces.chart_button(of.kpi, of.segment, t)
    if episode is None:
        nothing = t.markup("☑️ {kpi} is within its usual range after all.", kpi=bold(name))
        return b.section(nothing, button)
    return b.section(lines(Mrkdwn(f"{sign(of, episode)} {bold(name)}"), standing(of, t)), button)
