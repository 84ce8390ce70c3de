"""The small modals around an issue, and what they answer."""

from typing import Any

from domain.commitments.form import NewDate
from domain.issues.form import HandOver, NewStatus, Reason
from domain.issues.queries import IssueFacts
from domain.issues.record import UNFINISHED, Issue, IssueStatus
from views.core import Language, Mrkdwn, blocks as b, bold, inputs, link, said


def status_form(issue: Issue, t: Language, metadata: str) -> dict[str, Any]:
    offered = [b.option(t.label(status), status.value) for status in (*UNFINISHED, IssueStatus.CLOSED)]
    fields = inputs(NewStatus, t, issue, choices={"status": offered})
    return _dialog("issue.status", t("Change the status"), issue, t, metadata, fields)


def postpone_form(issue: Issue, t: Language, metadata: str) -> dict[str, Any]:
    fields = inputs(NewDate, t, {"due": issue.due})
    return _dialog("issue.postpone", t("New due date"), issue, t, metadata, fields)


def hand_over_form(issue: Issue, t: Language, metadata: str) -> dict[str, Any]:
    return _dialog("issue.hand", t("Hand it over"), issue, t, metadata, inputs(HandOver, t, issue))


def reject_form(issue: Issue, t: Language, metadata: str) -> dict[str, Any]:
    return _dialog("issue.reject", t("Reject it"), issue, t, metadata, inputs(Reason, t))


def counted_in(facts: IssueFacts, t: Language) -> dict[str, Any]:
    """After 'this is the same'."""
    text = Mrkdwn(f"{_counted(facts, t)} {said(t('No second issue was filed.'))}")
    return b.modal(b.READ_ONLY, t("File an issue"), [b.section(text)], close=t("Done"))


def counted(facts: IssueFacts, t: Language) -> b.Rendered:
    """After 'same here'."""
    return b.sentence(_counted(facts, t))


def _counted(facts: IssueFacts, t: Language) -> Mrkdwn:
    number = bold(link(facts.link, facts.issue.reference))
    return t.markup("You are counted in on {number}: {title}.", number=number, title=facts.issue.title)


def _dialog(
    callback: str, title: str, issue: Issue, t: Language, metadata: str, fields: list[b.Block]
) -> dict[str, Any]:
    about = b.section(Mrkdwn(f"{bold(issue.reference)} {said(issue.title)}"))
    return b.modal(callback, title, [about, *fields], submit=t("Save"), close=t("Cancel"), metadata=metadata)
