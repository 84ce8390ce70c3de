"""From a plain value to the state that a client sends for an element."""

from collections.abc import Callable
from typing import Any

from sandbox.base import Json
from sandbox.blocks import INITIAL, options_of

Ask = Callable[[str], list[Json]]


def state_for(element: Json, value: Any, ask: Ask) -> Json:
    """Return the state of an element into which `value` was typed or chosen.

    Options are given by value or by their text; those of an external select come from `ask`.
    Plain text will do for rich text.
    """
    kind = element["type"]
    key = "selected_option" if kind == "overflow" else INITIAL[kind][1]
    if key == "selected_option":
        value = _option(element, value, ask)
    elif key == "selected_options":
        value = [_option(element, one, ask) for one in value]
    elif key == "files":
        value = [{"id": one} if isinstance(one, str) else one for one in value]
    elif kind == "number_input":
        value = str(value)
    return {"type": kind, key: value}


def _option(element: Json, wanted: Any, ask: Ask) -> Json:
    if isinstance(wanted, dict):
        return wanted
    external = element["type"].endswith("external_select")
    options = ask(str(wanted)) if external else options_of(element)
    for option in options:
        if wanted in (option.get("value"), option["text"]["text"]):
            return option
    raise AssertionError(f"no option {wanted!r}; there are {[option.get('value') for option in options]}")
