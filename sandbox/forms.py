"""What a Slack client checks itself before it submits a modal."""

import re
from typing import Any

from sandbox.base import Json
from sandbox.blocks import INITIAL

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"https?://\S+")
NUMBER = {True: re.compile(r"-?\d+(\.\d+)?"), False: re.compile(r"-?\d+")}


def faults_of(view: Json) -> Json:
    """Return a sentence for each input block that a client would not let through."""
    faults: Json = {}
    for block in view["blocks"]:
        if block["type"] == "input" and block["element"]["type"] in INITIAL:
            typed = view["state"]["values"][block["block_id"]][block["element"]["action_id"]]
            value = typed.get(INITIAL[block["element"]["type"]][1])
            fault = _fault(block["element"], value, optional=bool(block.get("optional")))
            if fault:
                faults[block["block_id"]] = fault
    return faults


def _fault(element: Json, value: Any, *, optional: bool) -> str | None:
    if value in (None, "", []):
        return None if optional else "Please complete this required field."
    kind = element["type"]
    if kind == "number_input":
        return _number_fault(element, str(value))
    if kind == "email_text_input" and not EMAIL.fullmatch(value):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not URL.fullmatch(value):
        return "Please enter a valid URL."
    return _length_fault(element, value) if kind == "plain_text_input" else None


def _number_fault(element: Json, value: str) -> str | None:
    if not NUMBER[bool(element.get("is_decimal_allowed"))].fullmatch(value):
        return "Please enter a valid number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Must be at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Must be at most {element['max_value']}."
    return None


def _length_fault(element: Json, value: str) -> str | None:
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3_000)
    if len(value) < shortest:
        return f"Must be at least {shortest} characters."
    return f"Must be less than {longest + 1} characters." if len(value) > longest else None
