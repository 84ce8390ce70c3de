"""Slack's mrkdwn, made only here, so that what people typed never becomes markup and never mentions anybody."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from unicodedata import east_asian_width

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LOOKALIKES = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_SIGNS = re.compile(r"(?<!\w)[*_~`]|[*_~`](?!\w)")
"""Signs that could open or close formatting; inside a word (`stock_list`) they are only signs."""
_MENTIONS = r"@(?=(?:here|channel|everyone)(?![A-Za-z0-9_]))"  # a Chinese character ends the word, too
_ACTIVE = re.compile(rf"^&gt;|{_MENTIONS}|:(?=[\w+-]+:)", re.MULTILINE)
_MENTION = re.compile(_MENTIONS)
_REFERENCE = re.compile(r"<([^<>]+)>")
_JOINER = "\u2060"  # word joiner: not seen, not spoken


class Mrkdwn(str):
    """Text that is safe to be read as mrkdwn."""

    __slots__ = ()


class BothMarkup(Mrkdwn):
    """Markup in both languages. As a value of a further message, each language takes its own side."""

    sides: tuple[Mrkdwn, Mrkdwn]

    @classmethod
    def of(cls, text: str, sides: tuple[Mrkdwn, Mrkdwn]) -> "BothMarkup":
        made = cls(text)
        made.sides = sides
        return made


def said(text: object) -> Mrkdwn:
    """What a person typed, harmless: entities escaped; formatting, mentions and emoji codes do not act."""
    if isinstance(text, Mrkdwn):
        return text
    if sides := getattr(text, "sides", None):
        return BothMarkup.of(_harmless(str(text)), (said(sides[0]), said(sides[1])))
    return _harmless(str(text))


def _harmless(text: str) -> Mrkdwn:
    escaped = _SIGNS.sub(lambda sign: _LOOKALIKES[sign[0]], "".join(_ENTITIES.get(sign, sign) for sign in text))
    return Mrkdwn(
        _ACTIVE.sub(lambda match: f"{match[0]}{_JOINER}" if match[0] != "&gt;" else f"{_JOINER}&gt;", escaped)
    )


def person(user_id: str) -> Mrkdwn:
    return Mrkdwn(f"<@{user_id}>" if user_id else "–")


def channel(channel_id: str) -> Mrkdwn:
    return Mrkdwn(f"<#{channel_id}>" if channel_id else "–")


def link(url: str, text: object) -> Mrkdwn:
    """A link, or only its text where there is no address."""
    return Mrkdwn(f"<{url}|{said(text)}>") if url else said(text)


def bold(text: object) -> Mrkdwn:
    safe = said(text)
    if isinstance(safe, BothMarkup):
        return BothMarkup.of(f"*{safe}*", (bold(safe.sides[0]), bold(safe.sides[1])))
    return Mrkdwn(f"*{safe}*")


def code(text: object) -> Mrkdwn:
    """Something to type, as it stands, in one line."""
    escaped = "".join(_ENTITIES.get(sign, sign) for sign in " ".join(str(text).split())).replace("`", "ˋ")
    return Mrkdwn(f"`{_MENTION.sub(f'@{_JOINER}', escaped)}`")


def lines(*parts: Mrkdwn | None) -> Mrkdwn:
    return Mrkdwn("\n".join(part for part in parts if part))


def spaced(parts: Iterable[str]) -> Mrkdwn:
    """One behind the other, with a space where bold or code would touch a wide character.

    Slack reads such marks only at the edge of a word, and Chinese signs of all kinds are letters to it
    (https://github.com/seratch/ChatGPT-in-Slack/pull/121).
    """
    made, before = "", ""
    for part in filter(None, parts):
        touch = (_is_marked(before) and _is_wide(part[0])) or (_is_marked(part) and _is_wide(before[-1:]))
        made += f" {part}" if touch else part
        before = part
    return Mrkdwn(made)


def _is_marked(part: str) -> bool:
    return isinstance(part, Mrkdwn) and len(part) > 1 and part[0] == part[-1] and part[0] in "*`"


def _is_wide(sign: str) -> bool:
    return bool(sign) and east_asian_width(sign) in "WF"


def join(separator: str, parts: Any) -> Mrkdwn:
    """Parts made safe one by one, with a separator of ours between them."""
    return Mrkdwn(separator.join(said(part) for part in parts))


def readable(text: str, names: Mapping[str, str]) -> str:
    """The text of a Slack message as a person reads it: links, mentions and entities back to plain words.

    `names` are those of people by user id; somebody who is not in it stays an id.
    """

    def word(match: re.Match[str]) -> str:
        target, _, label = match[1].partition("|")
        match target[:1]:
            case "@":
                return f"@{names.get(target[1:], label or target[1:])}"
            case "#":
                return f"#{label or target[1:]}"
            case "!":
                return label or f"@{target[1:].partition('^')[0]}"
        return f"{label} ({target})" if label and label != target else target

    return unescaped(_REFERENCE.sub(word, text))


def unescaped(text: str) -> str:
    """What Slack sends escaped, as it was typed."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mentioned(text: str) -> tuple[str, ...]:
    """The user ids that a Slack message mentions."""
    return tuple(dict.fromkeys(re.findall(r"<@([UW][A-Z0-9]+)", text)))
