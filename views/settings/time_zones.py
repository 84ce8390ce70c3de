"""Time zones and countries to search for, by their id or by their name in the reader's language."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from domain.forms.choices import NONE
from views.core import Language, blocks as b

SHOWN = 50
COMMON = (
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Paris",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "UTC",
)
CONTINENTS = ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"]


def option(zone: str, t: Language) -> dict[str, Any]:
    """`Europe/Berlin`, for Chinese readers `Europe/Berlin · 柏林`."""
    city = _city(zone, t)
    plain = zone.rpartition("/")[2].replace("_", " ")
    return b.option(f"{zone} · {city}" if city and city != plain else zone, zone)


def menu(zone: str, t: Language) -> b.Element:
    return b.search_select("settings.zone", option(zone, t), t("Search for a city"))


def search(typed: str, t: Language) -> list[dict[str, Any]]:
    """Common zones first; then all whose id or city holds what was typed."""
    wanted = _plain(typed)
    if not wanted:
        return [option(zone, t) for zone in COMMON]
    matches = [zone for zone in (*COMMON, *_zones()) if wanted in _plain(zone) or wanted in _plain(_city(zone, t))]
    return [option(zone, t) for zone in list(dict.fromkeys(matches))[:SHOWN]]


def country_option(code: str, t: Language) -> dict[str, Any]:
    if not code:
        return b.option(t("No public holidays: Monday to Friday"), NONE)
    return b.option(str(t.locale.territories.get(code, code)), code)


def country_menu(code: str, t: Language) -> b.Element:
    return b.search_select("settings.country", country_option(code, t), t("Search for a country"))


def search_countries(typed: str, codes: Iterable[str], t: Language) -> list[dict[str, Any]]:
    """Countries whose name or code begins with, or else holds, what was typed; 'none' always comes first."""
    wanted = _plain(typed)
    named = sorted((country_option(code, t) for code in codes), key=lambda choice: str(choice["text"]["text"]))
    matching = [
        choice for choice in named if wanted in _plain(choice["text"]["text"]) or wanted == _plain(choice["value"])
    ]
    return [country_option("", t), *matching[:SHOWN]]


def _city(zone: str, t: Language) -> str:
    return str((t.locale.time_zones.get(zone) or {}).get("city", ""))


@cache
def _zones() -> tuple[str, ...]:
    """Those of a continent; old names and fixed offsets are left out."""
    return tuple(sorted(zone for zone in available_timezones() if zone.partition("/")[0] in CONTINENTS))


def _plain(text: str) -> str:
    return text.replace("_", " ").casefold().strip()
