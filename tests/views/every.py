"""All views there are: a new one is tested as soon as it is there."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

import views

PIECES = {
    "views.core.blocks",
    "views.core.markup",
    "views.core.language",
    "views.core.labels",
    "views.kpis.picture",
    "views.kpis.pieces",
    "views.kpis.limits",
    "views.core.drawing",
    "views.core.forms",
    "views.core.spreadsheets",
}
"""What views are made of; all other modules hold views."""


def every_view() -> Iterator[Any]:
    """Each view as a parameter of a test, named by its module."""
    for found in pkgutil.walk_packages(views.__path__, "views."):
        module = importlib.import_module(found.name)
        for name, function in vars(module).items():
            own = inspect.isfunction(function) and function.__module__ == found.name
            if own and not name.startswith("_") and found.name not in PIECES:
                yield pytest.param(function, id=f"{found.name.removeprefix('views.')}.{name}")
