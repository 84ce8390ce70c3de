"""What was typed stays typed when a modal is shown again.

Slack keeps the values of inputs whose block and action ids stay; saying them as initial values too costs nothing, and
holds for clients that build the view anew.
"""

from collections.abc import Mapping
from typing import Any

from views.core import VIEW_BLOCKS, Rendered

NOTICE = "notice"
OF_A_MODAL = ("type", "callback_id", "title", "submit", "close", "private_metadata")
WITH_OPTIONS = ("static_select", "multi_static_select", "radio_buttons", "checkboxes")


def refilled(view: dict[str, Any], state: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, Any]:
    """The view with the values of `state` (block id → action id → value) in its inputs of the same ids."""
    blocks = [_refilled(block, state.get(block.get("block_id", "")) or {}) for block in view["blocks"]]
    return {**view, "blocks": blocks}


def with_notice(modal: Mapping[str, Any], notice: Rendered) -> dict[str, Any]:
    """The modal that is shown (as it comes from Slack), with a notice above what is in it."""
    kept = {name: modal[name] for name in OF_A_MODAL if modal.get(name)}
    below = [block for block in modal["blocks"] if block.get("block_id") != NOTICE]
    return {**kept, "blocks": [{**notice.blocks[0], "block_id": NOTICE}, *below][:VIEW_BLOCKS]}


def _refilled(block: dict[str, Any], typed: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    element = block.get("element", {})
    value = typed.get(element.get("action_id", ""))
    if block["type"] != "input" or value is None or element["type"] == "file_input":
        return block
    bare = {name: kept for name, kept in element.items() if not name.startswith("initial_")}
    return {**block, "element": {**bare, **_initial(element, value)}}


def _initial(element: Mapping[str, Any], value: Mapping[str, Any]) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for name, chosen in value.items():
        if chosen in (None, "", []) or name == "type":
            continue
        if name == "value":
            initial["initial_value"] = chosen
        elif name.startswith("selected_"):
            offered = _offered(element, chosen) if element["type"] in WITH_OPTIONS else chosen
            if offered:
                initial[f"initial_{name.removeprefix('selected_')}"] = offered
    return initial


def _offered(element: Mapping[str, Any], chosen: Any) -> Any:
    """The chosen options as they stand in the new view; those that are gone are left out."""
    wanted = [option["value"] for option in (chosen if isinstance(chosen, list) else [chosen])]
    options = [option for option in element.get("options", []) if option["value"] in wanted]
    return options if isinstance(chosen, list) else next(iter(options), None)
