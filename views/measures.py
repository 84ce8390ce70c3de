"""Figures with their units and targets, in the reader's language."""

from decimal import Decimal

from domain.rules.targets import plain_unit, target
from views.language import Language


def amount(value: Decimal, unit: str, t: Language) -> str:
    """`2.8 days`, `2.8 天`, `1.5 %`; any other unit stays as people write it."""
    return t.figure(lambda side: _amount(value, unit, side))


def goal(text: str, t: Language) -> str:
    """A target: `≤3 days`, `≥95 %`."""
    wanted = target(text)
    return t.figure(lambda side: f"{wanted.direction}{amount(wanted.value, wanted.unit, side)}")


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
