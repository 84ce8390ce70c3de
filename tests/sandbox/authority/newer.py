"""What Slack documents and `@slack/types` 3.2 does not have yet: it is left out before the types are asked.

A test fails when the types have caught up, so that the list stays as short as it can be.
"""

from typing import Any

KINDS = {
    "data_visualization": "docs.slack.dev, changelog of 16 June 2026",
    "action_cell": "docs.slack.dev, data table block",
}
FIELDS = {
    ("button", "agent_prompt"): "slack_sdk 3.47, ButtonElement",
    ("button", "agent_prompt_display"): "slack_sdk 3.47, ButtonElement",
    ("button", "visible_to_user_ids"): "slack_sdk 3.47, ButtonElement",
    ("emoji", "skin_tone"): "slack_sdk 3.47, RichTextElementParts.Emoji",
    ("style", "client_highlight"): "docs.slack.dev, rich text block, style of a mention",
    ("style", "highlight"): "docs.slack.dev, rich text block, style of a mention",
    ("style", "unlink"): "docs.slack.dev, rich text block, style of a mention",
    ("rich_text_list", "offset"): "slack_sdk 3.47, RichTextListElement",
    ("rich_text_preformatted", "language"): "docs.slack.dev, rich text preformatted element",
}


def newer_kind(payload: Any) -> str:
    """The first kind in a payload that the types do not know; empty when there is none."""
    if isinstance(payload, dict) and payload.get("type") in KINDS:
        return str(payload["type"])
    inner = payload.values() if isinstance(payload, dict) else payload if isinstance(payload, list) else ()
    return next((found for item in inner if (found := newer_kind(item))), "")


def without_newer(payload: Any, but: tuple[str, str] = ("", ""), name: str = "") -> Any:
    """The payload without the fields that the types do not know, `but` for one."""
    if isinstance(payload, list):
        return [without_newer(item, but, name) for item in payload]
    if not isinstance(payload, dict):
        return payload
    gone = {key for kind, key in FIELDS.keys() - {but} if kind == payload.get("type", name)}
    return {key: without_newer(item, but, key) for key, item in payload.items() if key not in gone}
