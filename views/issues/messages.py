"""What is said about issues."""

from domain.issues.messages import IssueFromMessage
from domain.issues.queries import IssueFacts, facts_of
from domain.issues.record import Issue
from views.cards.looks import Look, Making
from views.core import Rendered
from views.issues import card


def _facts(making: Making, issue: Issue) -> IssueFacts:
    return facts_of(making.work, issue, making.today)


def _from_message(message: IssueFromMessage, making: Making) -> Rendered:
    return card.from_message(_facts(making, making.work.of(Issue).get(message.issue_id)), making.t)


LOOK = Look(
    "issue",
    _facts,
    card=card.card,
    receipt=card.filed,
    note=card.note,
    given=card.handed_over,
    makers={IssueFromMessage: _from_message},
)
