"""Filling in a form as somebody would who does not know it: what it asks for, and nothing else."""

from typing import Any

from sandbox.blocks import inputs_of, options_of
from sandbox.person import Person

TYPED = {"value": "3.4", "target": "≤3 days", "baseline": "5", "metric": "Cycle: 5 -> 3 days", "times": "3"}
"""What a field wants that takes no text, by its name."""


def filled(person: Person, view: dict[str, Any]) -> dict[str, Any]:
    """Values for the inputs that a client would not let stay empty."""
    values = {}
    for block, element in inputs_of(view["blocks"]):
        if block["type"] != "input" or block.get("optional") or _has_value(element):
            continue
        values[block["block_id"]] = _value(person, view, block["block_id"], element)
    return values


def _has_value(element: dict[str, Any]) -> bool:
    return any(name.startswith("initial_") for name in element)


def _value(person: Person, view: dict[str, Any], name: str, element: dict[str, Any]) -> Any:
    match element["type"]:
        case "number_input":
            return "3"
        case "static_select" | "radio_buttons":
            return options_of(element)[0]["value"]
        case "checkboxes" | "multi_static_select":
            return [options_of(element)[0]["value"]]
        case "external_select":
            return person.options(view, element["action_id"])[0]
        case "multi_external_select":
            return [person.options(view, element["action_id"])[0]]
        case "users_select" | "conversations_select" | "channels_select":
            return "U0CLERK" if element["type"] == "users_select" else "C0SALES"
        case "multi_users_select":
            return ["U0CLERK"]
        case "multi_conversations_select" | "multi_channels_select":
            return ["C0SALES"]
        case "datepicker":
            return "2026-12-24"
        case "timepicker":
            return "10:00"
        case "file_input":
            return [person.upload("values.csv", b"KPI;Date;Value\nOrder fulfilment cycle;2026-11-18;2,8 days\n")["id"]]
    return TYPED.get(name, "As it was found on the floor")


def chosen(person: Person, surface: dict[str, Any], element: dict[str, Any], value: str | None) -> Any:
    """What to press with: an entry of a menu by its value, else whatever may be chosen."""
    if element["type"] == "button" or value is not None:
        return value
    return _value(person, surface, element["action_id"].rpartition(".")[2], element)
