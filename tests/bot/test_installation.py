"""Our top-level names are generic, so no other distribution may provide them in our environment."""

from importlib.metadata import packages_distributions

import pytest

OURS = ("bot", "handlers", "jobs", "domain", "views", "storage", "sandbox")


@pytest.mark.parametrize("name", OURS)
def test_nobody_else_provides(name: str) -> None:
    assert set(packages_distributions().get(name, [])) <= {"gemba"}
