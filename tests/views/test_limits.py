"""Every view, made from extreme records, is one that Slack takes. A new view is tested as soon as it is there."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sandbox import limits
from sandbox.base import SlackError
from sandbox.validate import block_faults, check_message, check_view
from tests.views.every import every_view
from tests.views.extremes import Extremes
from views.core import Rendered, blocks, language, notices

LANGUAGES = ("en", "zh_CN", "both")
LONGEST_TEXT, LONGEST_MESSAGE, LONGEST_UPDATE = 3_000, 12_000, 4_000
LIVE = re.compile(r"<(?!@U0[A-Z0-9]+>|#C0[A-Z0-9]+>|https://example\.slack\.com/[^<>|]*\|)|<@U0EVIL|&(?!amp;|lt;|gt;)")
"""Markup that acts, but for mentions and links of ours; and signs that are torn or not escaped."""


@pytest.mark.parametrize("view", list(every_view()))
def test_slack_takes_it(view: Callable[..., Any]) -> None:
    for size, seeds in ((0, 1), (2, 1), (1, 3)):
        for seed in range(seeds):
            arguments = Extremes(seed, size).arguments(view)
            for tag in LANGUAGES:
                made = view(**{**arguments, **({"t": language(tag, "Asia/Shanghai")} if "t" in arguments else {})})
                faults = list(_faults(made, whole=tag != "both"))
                assert faults == [], f"size {size}, seed {seed}, {tag}"


def _faults(made: Any, *, whole: bool) -> Iterator[str]:
    """What is wrong with a message, a view, a piece of one, or a list of pieces."""
    match made:
        case Rendered():
            yield from _refused(check_message, {"text": made.text, "blocks": made.blocks}, LONGEST_UPDATE)
            if len(made.text) > LONGEST_TEXT or not made.text.strip():
                yield f"text of {len(made.text)} characters"
            if (length := _escaped_length(made.blocks)) > LONGEST_MESSAGE:
                yield f"{length} characters in a message"
            yield from _live(made.text)
            yield from _acting(made.blocks)
        case {"type": "modal" | "home" as kind}:
            yield from _refused(check_view, made, kind)
            named = [made[part]["text"] for part in ("title", "submit", "close") if part in made]
            yield from (f"cut: {text}" for text in named if whole and text.endswith("…"))
            yield from _acting(made["blocks"])
        case {"type": kind} if kind in limits.BLOCKS:
            yield from block_faults([made], "message", "")
        case {"text": _, "value": _}:
            yield from limits.PLAIN_OPTION.check(made, "")
        case list():
            for item in made:
                yield from _faults(item, whole=whole)


def _refused(check: Callable[..., None], *given: Any) -> Iterator[str]:
    try:
        check(*given)
    except SlackError as error:
        yield f"{error}: {vars(error)}"


def _escaped_length(value: Any) -> int:
    """As `sandbox.validate.characters`, but with all text escaped, the most that Slack can count."""
    if isinstance(value, list):
        return sum(map(_escaped_length, value))
    if not isinstance(value, dict) or value.get("type") == "table":  # it has a limit of its own
        return 0
    text = value.get("text")
    own = limits.HEADER_CHARACTERS if value.get("type") == "header" else 0
    if isinstance(text, str):
        own += len(text)
        if value.get("type") != "mrkdwn":
            own += 3 * (text.count("<") + text.count(">")) + 4 * text.count("&")
    return own + sum(map(_escaped_length, value.values()))


def _acting(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and value.get("type") == "mrkdwn":
        yield from _live(value["text"])
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from _acting(item)


def _live(text: str) -> Iterator[str]:
    if found := LIVE.search(text):
        yield f"acts: …{text[max(0, found.start() - 20) : found.start() + 40]!r}"


def test_a_message_that_a_modal_takes_no_block_of_is_said_as_text() -> None:
    t = language("en")
    modal = notices.message_modal(blocks.Rendered("*5* late", [blocks.table([["KPI", "Value"]])]), t)
    assert [block["text"]["text"] for block in modal["blocks"]] == ["*5* late"]
    assert notices.message_modal(blocks.Rendered("Nothing here"), t)["blocks"]


def test_a_list_without_entries_is_one_that_slack_takes() -> None:
    check_message({"text": "x", "blocks": [blocks.numbered([]), blocks.bullets([])]}, 40_000)
