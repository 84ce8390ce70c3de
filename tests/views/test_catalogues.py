"""English and Chinese are complete."""

import re
from collections.abc import Iterable

from babel.messages.catalog import Message

from tools.catalogues import incomplete
from views.core import CHINESE, Mrkdwn, bold, catalogue, code, language

HAN = re.compile(r"[一-鿿]")
SAME_IN_CHINESE = frozenset({"Gemba"})
BARE_COMMAND = re.compile(r"(?<![\w/])/(issue|gemba|feedback|optimize|suggest)\b")
SIGN = "[⺀-鿿＀-￯]"
TOUCHED = re.compile(rf"{SIGN}\*[^*]+\*|\*[^*]+\*{SIGN}")
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


def test_commands_are_values_so_that_they_carry_the_workspaces_prefix() -> None:
    bad = [entry.id for entry in _entries() if BARE_COMMAND.search(f"{entry.id} {entry.string}")]
    assert not bad, _listed(bad)


def test_bold_of_ours_touches_no_chinese_sign() -> None:
    bad = [entry.string for entry in _entries() if TOUCHED.search(str(entry.string))]
    assert not bad, _listed(bad)


def test_what_is_marked_in_a_place_touches_no_chinese_sign() -> None:
    made = [_marked(entry.id, sign) for entry in _entries() if _has_place(entry) for sign in (bold("5 天"), code("x"))]
    bad = [text for text, sign in made if re.search(rf"{SIGN}{re.escape(sign)}|{re.escape(sign)}{SIGN}", text)]
    assert made and not bad, _listed(bad)


def test_every_message_is_translated_with_the_same_places() -> None:
    assert incomplete() == []


def test_no_english_is_left_in_chinese() -> None:
    bad = [string for entry in _entries() for string in _strings(entry) if _is_english(string)]
    assert not bad, _listed(bad)


def _entries() -> list[Message]:
    """All messages in Chinese, without the catalogue's header."""
    entries = [entry for entry in catalogue(CHINESE) if entry.id]
    assert len(entries) > 500, "the catalogue is not read"
    return entries


def _has_place(entry: Message) -> bool:
    return isinstance(entry.id, str) and "{" in entry.id


def _marked(message: str, sign: Mrkdwn) -> tuple[str, Mrkdwn]:
    """The message in Chinese with `sign` in all its places; and the sign."""
    return language(CHINESE).markup(message, **dict.fromkeys(re.findall(r"\{(\w+)\}", message), sign)), sign


def _strings(entry: Message) -> list[str]:
    return [entry.string] if isinstance(entry.string, str) else list(entry.string)


def _is_english(string: str) -> bool:
    plain = re.sub(r"\{[^}]*\}|`[^`]*`|/\w+( \w+)*", "", string)
    words = LATIN.findall(plain)
    if words and not HAN.search(string) and string not in SAME_IN_CHINESE:
        return True
    return bool({word.casefold() for word in words} - KEPT)


def _listed(bad: Iterable[object]) -> str:
    return "\n".join(map(str, bad))
