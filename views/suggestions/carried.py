"""What the buttons of suggestions carry."""

from dataclasses import dataclass

from domain.suggestions.record import SuggestionState
from views.core.carried import Carried, Id


@dataclass(frozen=True, slots=True)
class Seen(Carried):
    """A suggestion in the state in which it was shown; `to` is the step that was chosen."""

    suggestion: Id
    state: SuggestionState
    to: SuggestionState | None = None


@dataclass(frozen=True, slots=True)
class BoxSeen(Carried):
    """A box that had been put up so many times."""

    box: Id
    signs: int
