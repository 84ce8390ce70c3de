"""How much better something has become."""

from decimal import ROUND_HALF_UP, Decimal

from domain.records.improvements import Effect
from domain.rules.targets import Target


def improvement(before: Decimal, after: Decimal, *, lower_is_better: bool) -> Decimal | None:
    """Percent against the baseline, positive when better, to a tenth (8 h → 3 h: 62.5). None for a baseline of 0."""
    if before == 0:
        return None
    change = (before - after if lower_is_better else after - before) / abs(before) * 100
    return change.quantize(Decimal("0.1"), ROUND_HALF_UP)


def percent_of(effect: Effect) -> Decimal | None:
    if effect.before is None or effect.after is None:
        return effect.percent
    return improvement(effect.before, effect.after, lower_is_better=not effect.higher_is_better)


def share_of_way(baseline: Decimal | None, value: Decimal, goal: Target) -> Decimal:
    """How much of the way from baseline to target is covered (1 = there; negative = worse than before).

    Without a baseline it is value ÷ target in the target's direction (METHOD §4).
    """
    if baseline is None:
        if goal.lower_is_better:
            return goal.value / value if value else Decimal(1)
        return value / goal.value if goal.value else Decimal(1)
    if baseline == goal.value:
        return Decimal(1) if goal.reached_by(value) else Decimal(0)
    return (value - baseline) / (goal.value - baseline)
