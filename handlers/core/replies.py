"""What a handler answers. `bot.inbound.dispatcher` carries it out: in the acknowledgement, or by the gateway."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from views.core import Rendered

View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing to say: the effect is seen elsewhere. Closes a submitted modal."""


@dataclass(frozen=True, slots=True)
class Say:
    """Tell the person, visible to them only. `replace`: in place of the private message that the button was in."""

    message: Rendered
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """Open a modal; on top of the one that is open, if any."""

    view: View


@dataclass(frozen=True, slots=True)
class Update:
    """Show another view in place of the present modal."""

    view: View


@dataclass(frozen=True, slots=True)
class Refuse:
    """Errors beside the fields of the submitted modal: block id → sentence."""

    errors: dict[str, str]


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a menu that fills as one types."""

    options: Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Home:
    """Show this as the person's Home tab."""

    view: View


@dataclass(frozen=True, slots=True)
class Long:
    """Work that may take longer than Slack waits, of a form or a shortcut. It ends in Open, Update or Say.

    When it is not done in time, `meanwhile` stands in the modal, and then what came of it.
    """

    do: "Callable[[], Reply]"
    meanwhile: View


Reply = Done | Say | Open | Update | Refuse | Options | Home | Long
