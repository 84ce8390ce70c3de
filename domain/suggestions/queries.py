"""What is shown of a suggestion beside its own record."""

from dataclasses import dataclass

from domain.core import Ref, UnitOfWork
from domain.issues.record import Issue
from domain.people.routing import link_to
from domain.suggestions.record import Box, Suggestion, SuggestionState


@dataclass(frozen=True, slots=True)
class SuggestionFacts:
    """A suggestion with what it led to. `link` is the address of its card in the triage channel, or empty."""

    suggestion: Suggestion
    link: str = ""
    issue: str = ""  # reference of the issue that was made of it
    issue_link: str = ""
    box: str = ""  # channel of the box that it came from
    unread: bool = False  # it waits, and nobody has chosen a triage channel yet


def facts_of(work: UnitOfWork, suggestion: Suggestion) -> SuggestionFacts:
    issue = work.of(Issue).one(id=suggestion.issue_id) if suggestion.issue_id is not None else None
    box = work.of(Box).one(id=suggestion.box_id) if suggestion.box_id is not None else None
    return SuggestionFacts(
        suggestion,
        link=link_to(work, Ref("suggestion", suggestion.id).card),
        issue=issue.reference if issue else "",
        issue_link=link_to(work, Ref("issue", issue.id).card) if issue else "",
        box=box.channel_id if box else "",
        unread=suggestion.state is SuggestionState.COLLECTED and not work.workspace.triage_channel,
    )
