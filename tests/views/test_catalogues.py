"""English and Chinese are complete."""

import re

import pytest

from views.catalogues import incomplete
from views.core.language import CHINESE, catalogue, language
from views.core.markup import bold, code

HAN = re.compile(r"[一-鿿]")
SAME_IN_CHINESE = frozenset({"Gemba"})
BARE_COMMAND = re.compile(r"(?<![\w/])/(issue|gemba|feedback|optimize|suggest)\b")
TOUCHED = re.compile(r"[⺀-鿿＀-￯]\*[^*]+\*|\*[^*]+\*[⺀-鿿＀-￯]")
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


@pytest.mark.parametrize("entry", [entry for entry in catalogue(CHINESE) if entry.id], ids=lambda entry: str(entry.id))
def test_commands_are_values_so_that_they_carry_the_workspaces_prefix(entry) -> None:  # type: ignore[no-untyped-def]
    assert not BARE_COMMAND.search(f"{entry.id} {entry.string}")


@pytest.mark.parametrize("entry", [entry for entry in catalogue(CHINESE) if entry.id], ids=lambda entry: str(entry.id))
def test_bold_of_ours_touches_no_chinese_sign(entry) -> None:  # type: ignore[no-untyped-def]
    assert not TOUCHED.search(str(entry.string)), entry.string


@pytest.mark.parametrize("marked", [bold("5 天"), code("x")], ids=["bold", "code"])
@pytest.mark.parametrize(
    "entry", [e for e in catalogue(CHINESE) if isinstance(e.id, str) and "{" in e.id], ids=lambda entry: str(entry.id)
)
def test_what_is_marked_in_a_place_touches_no_chinese_sign(entry, marked) -> None:  # type: ignore[no-untyped-def]
    made = language(CHINESE).markup(entry.id, **dict.fromkeys(re.findall(r"\{(\w+)\}", entry.id), marked))
    assert not re.search(rf"[⺀-鿿＀-￯]{re.escape(marked)}|{re.escape(marked)}[⺀-鿿＀-￯]", made), made


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
