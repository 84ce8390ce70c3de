"""What the buttons of issues carry."""

from dataclasses import dataclass

from views.core.carried import Carried, Id


@dataclass(frozen=True, slots=True)
class IssueSeen(Carried):
    """An issue with the owner whom it was shown with."""

    issue: Id
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Wanted(Carried):
    """An entry of the card's menu: `status`, `postpone`, `hand`, `reject`."""

    what: str
    issue: Id
