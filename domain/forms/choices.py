"""Fields of forms that are chosen rather than typed: people, places, days, zones."""

from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field

from domain.core import UserError
from domain.forms.base import typed
from domain.text.numbers import number

NONE = "none"
"""The option for 'nothing': a chosen entry of a menu cannot be taken back otherwise."""


def _only(value: object) -> object:
    return next(iter(value), "") if isinstance(value, tuple | list) else value


def or_nothing(value: object) -> object:
    return None if value == NONE else value


def _or_empty(value: object) -> object:
    return "" if value == NONE else value


def _whole(text: str) -> int:
    amount = number(text)
    if amount != amount.to_integral_value():
        raise UserError("Please give a whole number.")
    return int(amount)


def _known_zone(value: str) -> str:
    if value not in available_timezones():
        raise UserError("There is no time zone “{name}”. Search for a city, such as Berlin.", name=value)
    return value


def _known_country(value: str) -> str:
    import holidays  # 150 ms with its list: only when the workspace's settings are saved

    code = value.strip().upper()
    if code and code not in holidays.list_supported_countries(include_aliases=False):
        raise UserError("The holidays of “{name}” are not known. Choose a country from the list.", name=value)
    return code


OneOf = Annotated[str, BeforeValidator(_only)]
"""A person or channel from a menu that takes one, or empty."""
RecordId = Annotated[int | None, BeforeValidator(or_nothing)]
Weekday = Annotated[int, Field(ge=0, le=6)]
Days = Annotated[int, typed(_whole), Field(ge=0, le=250)]
Zone = Annotated[str, AfterValidator(_known_zone)]
Country = Annotated[str, BeforeValidator(_or_empty), AfterValidator(_known_country)]
