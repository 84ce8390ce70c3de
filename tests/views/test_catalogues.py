"""English and Chinese are complete."""

import re

import pytest

from views.catalogues import incomplete
from views.language import CHINESE, catalogue

HAN = re.compile(r"[一-鿿]")
SAME_IN_CHINESE = frozenset({"Gemba", "KPI"})
LATIN = re.compile(r"[A-Za-z]{4,}")
KEPT = {
    "gemba",
    "slack",
    "excel",
    "english",
    "list",
    "mine",
    "channel",
    "open",
    "overdue",
    "invite",
    "help",
    "days",
    "name",
    "xlsx",
    "files",
    "import",
    "write",
    "period",
    "segment",
    "value",
}
"""Names, and words that are typed as they are."""


def test_every_message_is_translated_with_the_same_places() -> None:
    assert incomplete() == []


@pytest.mark.parametrize("entry", [entry for entry in catalogue(CHINESE) if entry.id], ids=lambda entry: str(entry.id))
def test_no_english_is_left_in_chinese(entry) -> None:  # type: ignore[no-untyped-def]
    strings = [entry.string] if isinstance(entry.string, str) else list(entry.string)
    for string in strings:
        plain = re.sub(r"\{[^}]*\}|`[^`]*`|/\w+( \w+)*", "", string)
        left = {word.casefold() for word in LATIN.findall(plain)} - KEPT
        assert HAN.search(string) or string in SAME_IN_CHINESE or not LATIN.search(plain), string
        assert left == set(), string
