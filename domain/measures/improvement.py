"""How much better something has become."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Protocol

from domain.measures.targets import Direction, Target


class Measured(Protocol):
    """What has a figure before and after, or only a percentage: an effect, a goal."""

    @property
    def before(self) -> Decimal | None: ...
    @property
    def after(self) -> Decimal | None: ...
    @property
    def percent(self) -> Decimal | None: ...
    @property
    def higher_is_better(self) -> bool: ...


def improvement(
    before: Decimal, after: Decimal, *, lower_is_better: bool, step: Decimal = Decimal("0.1")
) -> Decimal | None:
    """Percent against the baseline, positive when better, to a tenth (8 h → 3 h: 62.5). None for a baseline of 0,
    or of so little that the figure has no meaning.
    """
    if before == 0:
        return None
    change = (before - after if lower_is_better else after - before) / abs(before) * 100
    try:
        return change.quantize(step, ROUND_HALF_UP)
    except InvalidOperation:
        return None


def percent_of(effect: Measured) -> Decimal | None:
    """An effect, or a goal, in percent, positive when better: from its figures where it has some, else as given."""
    if effect.before is None or effect.after is None or effect.before == 0:
        return effect.percent
    return improvement(effect.before, effect.after, lower_is_better=not effect.higher_is_better)


def share_of_way(baseline: Decimal | None, value: Decimal, goal: Target) -> Decimal:
    """How much of the way from baseline to target is covered (1 = there; negative = worse than before).

    Where it was there from the beginning, it is all or nothing: still there, or not. Without a baseline it is
    value ÷ target in the target's direction.
    """
    if baseline is not None and (baseline == goal.value or goal.reached_by(baseline)):
        return Decimal(goal.reached_by(value))
    if goal.upper is not None:
        return _share_of_exact(baseline, value, goal.value if value < goal.value else goal.upper)
    if goal.direction is Direction.EXACTLY:
        return _share_of_exact(baseline, value, goal.value)
    if baseline is None:
        if goal.lower_is_better:
            return goal.value / value if value else Decimal(1)
        return value / goal.value if goal.value else Decimal(goal.reached_by(value))
    return (value - baseline) / (goal.value - baseline)


def _share_of_exact(baseline: Decimal | None, value: Decimal, goal: Decimal) -> Decimal:
    """What has to be hit can be missed on either side."""
    whole = abs(goal - (baseline or 0))
    return 1 - abs(goal - value) / whole if whole else Decimal(value == goal)
