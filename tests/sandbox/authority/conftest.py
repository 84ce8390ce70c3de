"""Asking Slack's types: the test is skipped where they cannot be asked."""

from collections.abc import Callable

import pytest

from tests.sandbox.authority.slack_types import NoCompiler, Typed, installed, refused

Ask = Callable[[list[Typed]], dict[int, str]]


@pytest.fixture(scope="session")
def ask() -> Ask:
    """Ask the types. Without node, or a registry to install them from, the tests are skipped and say so."""
    try:
        tools = installed()
    except NoCompiler as reason:
        pytest.skip(str(reason))
    return lambda payloads: refused(payloads, tools)
