"""Messages about issues."""

from typing import Any

from bot.rendering.base import Maker, Making
from domain.core.activity import Activity
from domain.core.message import Message
from domain.issues.actions import card_key
from domain.issues.messages import IssueCard, IssueFiled, IssueFromMessage, IssueHandedOver, IssueNote
from domain.issues.record import Issue
from domain.people.routing import link_to, process_of
from views.core.blocks import Rendered
from views.issues import card as issue_card
from views.issues.card import IssueFacts


def _facts(issue_id: int, making: Making, *, linked: bool = True) -> IssueFacts:
    """`linked`: with the address of its card, which the card itself does not show."""
    issue = making.work.of(Issue).get(issue_id)
    link = link_to(making.work, card_key(issue.id)) if linked else ""
    return IssueFacts(issue, process_of(making.work, issue.process_id), link, making.today)


def _card(message: IssueCard, making: Making) -> Rendered:
    return issue_card.card(_facts(message.issue_id, making, linked=False), making.t)


def _filed(message: IssueFiled, making: Making) -> Rendered:
    return issue_card.filed(_facts(message.issue_id, making), making.t)


def _from_message(message: IssueFromMessage, making: Making) -> Rendered:
    return issue_card.from_message(_facts(message.issue_id, making), making.t)


def _handed_over(message: IssueHandedOver, making: Making) -> Rendered | None:
    facts = _facts(message.issue_id, making)
    return None if facts.issue.finished else issue_card.handed_over(facts, making.t)


def _note(message: IssueNote, making: Making) -> Rendered:
    issue = making.work.of(Issue).get(message.issue_id)
    return issue_card.note(issue, making.work.of(Activity).get(message.activity_id), making.t)


MAKERS: dict[type[Message], Maker[Any]] = {
    IssueCard: _card,
    IssueFiled: _filed,
    IssueFromMessage: _from_message,
    IssueHandedOver: _handed_over,
    IssueNote: _note,
}
