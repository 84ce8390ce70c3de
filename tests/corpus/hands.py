"""What people do with forms and menus while the corpus is played."""

from typing import Any

from sandbox.blocks import find_element, options_of
from sandbox.person import Person
from tests.corpus.filling import filled

SALES, WAREHOUSE, TRIAGE = "C0SALES", "C0WAREHOUSE", "C0TRIAGE"


def submit(person: Person, /, **values: Any) -> None:
    """Submit the open form with these values, and what else it wants; close what it shows then."""
    view = person.modal()
    assert view is not None, "no form is open"
    outcome = person.submit(view, filled(person, view) | values)
    assert outcome.ok, outcome
    if person.modal() is not None:
        person.close(clear=True)


def last(person: Person, channel: str, action: str) -> dict[str, Any]:
    """The newest message there with this button."""
    found = [message for message in person.messages(channel) if f"'{action}" in str(message.get("blocks"))]
    assert found, f"no {action} in {channel}"
    return found[-1]


def choose(person: Person, channel: str, menu: str, wanted: str) -> None:
    """Choose the entry that begins so in the newest of these menus."""
    message = last(person, channel, menu)
    found = find_element(message["blocks"], menu)
    assert found is not None
    value = next(one["value"] for one in options_of(found[1]) if one["value"].startswith(wanted))
    assert person.press(message, menu, value).ok
