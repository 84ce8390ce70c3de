"""What was opened from the Home tab goes back to it: a mark that modals carry, so that the tab is refreshed."""

import json
from collections.abc import Mapping
from typing import Any

from handlers.core import metadata_in

MARK = "home"


def is_from_home(body: Mapping[str, Any]) -> bool:
    """Whether it was done in the Home tab, or in a modal that was opened from there."""
    view = body.get("view") or {}
    return view.get("type") == "home" or MARK in metadata_in(view)


def returning(view: dict[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """The modal, marked when it was opened from the Home tab. Handlers need not know."""
    if not is_from_home(body):
        return view
    return {**view, "private_metadata": json.dumps({**metadata_in(view), MARK: True}, ensure_ascii=False)}
