"""From mrkdwn, as a person's client sends it, to the rich text that stands in the blocks of their message."""

import re
from collections.abc import Iterator
from itertools import groupby

from sandbox.base import Json

_CODE_BLOCK = re.compile(r"```\n?(.+?)\n?```\n?", re.DOTALL)
_QUOTE = re.compile(r"^&gt; ?", re.MULTILINE)
_LONG_QUOTE = re.compile(r"^&gt;&gt;&gt; ?", re.MULTILINE)
_LINK = re.compile(r"<((?:https?://|mailto:)[^<>|]+)(?:\|([^<>]*))?>")
_BROADCASTS = {"!here", "!channel", "!everyone"}
_MARKS = {"bold": "*", "italic": "_", "strike": "~"}


def _mark(style: str, sign: str) -> str:
    """Between two signs: code, references and words; the sign itself only inside a word."""
    inside = rf"`[^`\n]+`|<[^<>\n]+>|[^\n{sign}`<]|(?<=[^\W_])[{sign}](?=[^\W_])"
    return rf"(?<![\w*~`])[{sign}](?=\S)(?P<{style}>(?:{inside})+?)(?<!\s)[{sign}](?![^\W_])"


_TOKEN = re.compile(
    "|".join(
        (
            r"<(?P<reference>[^<>\n]+)>",
            r"`(?P<code>[^`\n]+)`",
            *(_mark(style, sign) for style, sign in _MARKS.items()),
            r"(?<![A-Za-z0-9]):(?P<emoji>(?=[^:]*[a-z]|[+-]1:|100:)[a-z0-9_+'-]+)(?:::skin-tone-(?P<tone>[2-6]))?:",
        )
    )
)


def rich_text(text: str) -> Json:
    """The block for a text: code blocks, quotes, and in the lines styles, links, mentions, emoji. Lists stay lines."""
    pieces = list(_pieces(text))
    parts = [_part(kind, inside, last=number == len(pieces)) for number, (kind, inside) in enumerate(pieces, start=1)]
    return {"type": "rich_text", "elements": parts}


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The kinds of parts, each with its text; a code block takes the line breaks next to it along."""
    for number, piece in enumerate(_CODE_BLOCK.split(text)):
        if number % 2:
            yield "preformatted", piece
        elif piece:
            yield from _quotes_and_lines(piece)


def _quotes_and_lines(text: str) -> Iterator[tuple[str, str]]:
    before, *rest = _LONG_QUOTE.split(text, maxsplit=1)
    lines = before.removesuffix("\n").split("\n") if before else []
    for quoted, group in groupby(lines, key=lambda line: line.startswith("&gt;")):
        yield "quote" if quoted else "section", "\n".join(group)
    for quoted_to_the_end in rest:
        yield "quote", quoted_to_the_end


def _part(kind: str, text: str, *, last: bool) -> Json:
    """A part of the block. A section that something follows ends with a line break, as Slack's do."""
    if kind == "preformatted":
        elements = _code(text, {})
    elif kind == "quote":
        elements = _inline(_QUOTE.sub("", text), {})
    else:
        elements = _inline(text if last else f"{text}\n", {})
    return {"type": f"rich_text_{kind}", "elements": elements}


def _inline(text: str, style: Json) -> list[Json]:
    """The elements of lines, all in this style."""
    found, end = [], 0
    for token in _TOKEN.finditer(text):
        if elements := _token(token, style):
            found += [*_words(text[end : token.start()], style), *elements]
            end = token.end()
    return [*found, *_words(text[end:], style)]


def _token(token: re.Match[str], style: Json) -> list[Json]:
    """What a token stands for; nothing for a reference that is none."""
    kind, inside = str(token.lastgroup), token[str(token.lastgroup)]
    if kind in _MARKS:
        return _inline(inside, {**style, kind: True})
    if kind == "code":
        return _code(inside, {**style, "code": True})
    if kind == "reference":
        return _reference(inside, style)
    skin = {"skin_tone": int(token["tone"])} if token["tone"] else {}
    return [_styled({"type": "emoji", "name": token["emoji"], **skin}, style)]


def _reference(inside: str, style: Json) -> list[Json]:
    target = inside.partition("|")[0]
    if link := _LINK.fullmatch(f"<{inside}>"):
        return [_link(link, style)]
    if target in _BROADCASTS:
        return [_styled({"type": "broadcast", "range": target[1:]}, style)]
    for sign, kind in (("@", "user"), ("#", "channel"), ("!subteam^", "usergroup")):
        if target.startswith(sign):
            return [_styled({"type": kind, f"{kind}_id": target.removeprefix(sign)}, style)]
    return []


def _code(text: str, style: Json) -> list[Json]:
    """Code as it stands; only links are links in it."""
    found, end = [], 0
    for link in _LINK.finditer(text):
        found += [*_words(text[end : link.start()], style), _link(link, style)]
        end = link.end()
    return [*found, *_words(text[end:], style)]


def _link(found: re.Match[str], style: Json) -> Json:
    label = {"text": _unescaped(found[2])} if found[2] else {}
    return _styled({"type": "link", "url": _unescaped(found[1]), **label}, style)


def _words(text: str, style: Json) -> list[Json]:
    return [_styled({"type": "text", "text": _unescaped(text)}, style)] if text else []


def _styled(element: Json, style: Json) -> Json:
    return {**element, "style": dict(style)} if style else element


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
