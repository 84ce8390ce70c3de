"""Finding one's way in blocks: the elements, their ids, what a client shows in them at first."""

import copy
import secrets
from collections.abc import Iterator
from typing import Any

from sandbox.base import Json

NOT_INTERACTIVE = {"image", "mrkdwn", "plain_text", "url"}


def name_blocks(blocks: list[Json]) -> list[Json]:
    """Return the blocks as Slack keeps them: each block and each element has an id."""
    named = copy.deepcopy(blocks)
    for block in named:
        block["block_id"] = block.get("block_id") or _short()
        for element in elements_of(block):
            element["action_id"] = element.get("action_id") or _short()
    return named


def elements_of(block: Json) -> Iterator[Json]:
    """The elements of a block with which a person can do something, those of inner blocks too."""
    found = [*_list(block.get("elements")), block.get("accessory"), block.get("element"), *_list(block.get("actions"))]
    for element in found:
        if isinstance(element, dict) and block["type"] != "rich_text" and element.get("type") not in NOT_INTERACTIVE:
            yield element
    for inner in [*_list(block.get("blocks")), *_list(block.get("child_blocks"))]:
        yield from elements_of(inner)
    for row in block.get("rows", []) if block["type"] == "data_table" else []:
        yield from (cell["element"] for cell in row if isinstance(cell.get("element"), dict))


def blocks_of(surface: Json) -> list[Json]:
    """The blocks of a message or view, those of attachments too."""
    attached = (block for part in surface.get("attachments", []) for block in part.get("blocks", []))
    return [*surface.get("blocks", []), *attached]


def options_of(element: Json) -> list[Json]:
    """The options of a menu, those of groups too."""
    grouped = [option for group in element.get("option_groups") or [] for option in group["options"]]
    return [*(element.get("options") or []), *grouped]


def find_element(blocks: list[Json], action_id: str, block_id: str | None = None) -> tuple[Json, Json] | None:
    """Return the block and the element of that action, or None."""
    for block in blocks:
        if block_id in (None, block["block_id"]):
            for element in elements_of(block):
                if element["action_id"] == action_id:
                    return block, element
    return None


def inputs_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each block with an element that holds a value: input blocks, and selects or checkboxes elsewhere."""
    for block in blocks:
        for element in elements_of(block):
            if element["type"] in INITIAL:
                yield block, element


def initial_state(element: Json) -> Json:
    """What a client sends for an element that nobody touched."""
    state = {"type": element["type"]}
    initial, key, empty = INITIAL[element["type"]]
    return {**state, key: copy.deepcopy(element.get(initial, empty))}


def surface_state(blocks: list[Json], known: Json) -> Json:
    """The state of a whole surface: what is known of it, initial values for the rest."""
    values: Json = {}
    for block, element in inputs_of(blocks):
        typed = known.get(block["block_id"], {}).get(element["action_id"])
        values.setdefault(block["block_id"], {})[element["action_id"]] = typed or initial_state(element)
    return values


# Element type: (its field for the initial value, the field in the state, the state when empty)
INITIAL: dict[str, tuple[str, str, Any]] = {
    "plain_text_input": ("initial_value", "value", None),
    "email_text_input": ("initial_value", "value", None),
    "url_text_input": ("initial_value", "value", None),
    "number_input": ("initial_value", "value", None),
    "rich_text_input": ("initial_value", "rich_text_value", None),
    "static_select": ("initial_option", "selected_option", None),
    "external_select": ("initial_option", "selected_option", None),
    "radio_buttons": ("initial_option", "selected_option", None),
    "checkboxes": ("initial_options", "selected_options", []),
    "multi_static_select": ("initial_options", "selected_options", []),
    "multi_external_select": ("initial_options", "selected_options", []),
    "users_select": ("initial_user", "selected_user", None),
    "multi_users_select": ("initial_users", "selected_users", []),
    "channels_select": ("initial_channel", "selected_channel", None),
    "multi_channels_select": ("initial_channels", "selected_channels", []),
    "conversations_select": ("initial_conversation", "selected_conversation", None),
    "multi_conversations_select": ("initial_conversations", "selected_conversations", []),
    "datepicker": ("initial_date", "selected_date", None),
    "timepicker": ("initial_time", "selected_time", None),
    "datetimepicker": ("initial_date_time", "selected_date_time", None),
    "file_input": ("", "files", []),
}


def _list(value: Any) -> list[Json]:
    return value if isinstance(value, list) else []


def _short() -> str:
    return secrets.token_urlsafe(4)
