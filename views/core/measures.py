"""Figures with their units and targets, in the reader's language."""

from collections.abc import Callable
from decimal import Decimal

from domain.measures.targets import Target, plain_unit, readable
from views.core.language import Language


def amount(value: Decimal, unit: str, t: Language) -> str:
    """`2.8 days`, `2.8 天`, `1.5 %`; any other unit stays as people write it."""
    return t.figure(lambda side: _amount(value, unit, side))


def step(size: Decimal, unit: str, t: Language) -> str:
    """How far two values are apart: `0.4 days`; from 1.7 % to 3.4 % it is `1.7 percentage points`, not percent."""
    if plain_unit(unit) != "%":
        return amount(size, unit, t)
    return t.figure(lambda side: side.plural("{count} percentage point", "{count} percentage points", size))


def goal(text: str, t: Language) -> str:
    """A target: `≤3 days`, `≥95 %`, `10–12 hours`; as it is written where another program made it unreadable."""
    wanted = readable(text)
    return goal_of(wanted, t) if wanted else text


def goal_of(wanted: Target, t: Language) -> str:
    """A target that has been read."""
    return t.figure(lambda side: bounds(wanted, lambda value: amount(value, wanted.unit, side), side))


def bounds(wanted: Target, figure: Callable[[Decimal], str], t: Language) -> str:
    """A target whose numbers are put by `figure`; of a range the lower end stands without its unit."""
    if wanted.upper is not None:
        return f"{t.format(wanted.value)}–{figure(wanted.upper)}"
    return f"{wanted.direction}{figure(wanted.value)}"


def improvement(percent: Decimal | None, t: Language) -> str:
    """`62.5 % better`; a dash where it cannot be worked out."""
    return "–" if percent is None else t.figure(lambda side: _improvement(percent, side))


def _amount(value: Decimal, unit: str, t: Language) -> str:
    match plain_unit(unit):
        case "days":
            return t.plural("{count} day", "{count} days", value)
        case "working days":
            return t.plural("{count} working day", "{count} working days", value)
        case "hours":
            return t.plural("{count} hour", "{count} hours", value)
        case "minutes":
            return t.plural("{count} minute", "{count} minutes", value)
        case "%":
            return t("{value} %", value=value)
    spaced = unit[:1].isascii() and unit != ""
    return f"{t.format(value)} {unit}" if spaced else f"{t.format(value)}{unit}"


def _improvement(percent: Decimal, t: Language) -> str:
    if percent == 0:
        return t("no change")
    if percent > 0:
        return t("{percent} % better", percent=percent)
    return t("{percent} % worse", percent=-percent)
