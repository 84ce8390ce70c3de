"""Slack's mrkdwn, made only here, so that what people typed never becomes markup and never mentions anybody."""

import re
from collections.abc import Mapping
from typing import Any

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LOOKALIKES = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_SIGNS = re.compile(r"(?<!\w)[*_~`]|[*_~`](?!\w)")
"""Signs that could open or close formatting; inside a word (`stock_list`) they are only signs."""
_ACTIVE = re.compile(r"^&gt;|@(?=(?:here|channel|everyone)\b)|:(?=[\w+-]+:)", re.MULTILINE)
_MENTION = re.compile(r"@(?=(?:here|channel|everyone)\b)")
_REFERENCE = re.compile(r"<([^<>]+)>")
_JOINER = "\u2060"  # word joiner: not seen, not spoken


class Mrkdwn(str):
    """Text that is safe to be read as mrkdwn."""

    __slots__ = ()


class BothMarkup(Mrkdwn):
    """Markup in both languages. As a value of a further message, each language takes its own side."""

    sides: tuple[Mrkdwn, Mrkdwn]

    @classmethod
    def of(cls, shown: str, sides: tuple[Mrkdwn, Mrkdwn]) -> "BothMarkup":
        made = cls(shown)
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

    plain = _REFERENCE.sub(word, text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mentioned(text: str) -> tuple[str, ...]:
    """The user ids that a Slack message mentions."""
    return tuple(dict.fromkeys(re.findall(r"<@([UW][A-Z0-9]+)", text)))
