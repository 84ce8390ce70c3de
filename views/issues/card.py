"""How an issue looks: its card, and what is said about it."""

from domain.core import Activity
from domain.issues.queries import IssueFacts
from domain.issues.record import Issue, IssueStatus
from views.cards.plain import changed, reason
from views.core import Language, Mrkdwn, blocks as b, bold, join, lines, link, person, said
from views.core.labels import SEVERITY_SIGN
from views.issues.carried import IssueSeen, Wanted


def card(facts: IssueFacts, t: Language) -> b.Rendered:
    """The issue as it stands, with what can be done about it."""
    issue = facts.issue
    blocks = [
        b.header(f"{issue.reference} · {issue.title}"),
        b.facts(_rows(facts, t)),
        *([b.quote(issue.what)] if issue.what else []),
        *([b.section(bold(t("Reason"))), b.quote(issue.reason)] if issue.reason and issue.finished else []),
        *_attached(issue, t),
        b.context(_where_from(facts, t)),
        _reopen(issue, t) if issue.finished else _buttons(issue, t),
    ]
    text = t.markup(
        "Issue {reference}: {title} ({status}, {severity})",
        reference=issue.reference,
        title=issue.title,
        status=issue.status,
        severity=issue.severity,
    )
    return b.Rendered(text, blocks)


def filed(facts: IssueFacts, t: Language) -> b.Rendered:
    """To who filed it: the number first."""
    issue = facts.issue
    number = bold(link(facts.link, issue.reference))
    first = t.markup("Filed as {number}: {title}", number=number, title=issue.title)
    then = (
        t.markup("{owner} owns it, due {due}.", owner=person(issue.owner), due=t.day(issue.due))
        if issue.owner and issue.due
        else t.markup("Nobody owns it yet. Due {due}.", due=t.day(issue.due) if issue.due else "–")
    )
    return b.sentence(lines(first, then))


def from_message(facts: IssueFacts, t: Language) -> b.Rendered:
    number = bold(link(facts.link, facts.issue.reference))
    return b.sentence(t.markup("Filed as issue {number}: {title}", number=number, title=facts.issue.title))


def handed_over(facts: IssueFacts, t: Language) -> b.Rendered:
    issue = facts.issue
    number = bold(link(facts.link, issue.reference))
    due = t.day(issue.due) if issue.due else "–"
    text = t.markup("{number} is yours now: {title}. Due {due}.", number=number, title=issue.title, due=due)
    return b.sentence(text)


def note(facts: IssueFacts, activity: Activity, t: Language) -> b.Rendered:
    """In the thread of the card: who changed what."""
    who = person(activity.by) if activity.by else said(t("The bot"))
    return b.sentence(lines(_what_changed(facts.issue, activity, who, t), reason(activity)))


def _rows(facts: IssueFacts, t: Language) -> list[tuple[str, object]]:
    issue, process, hours = facts.issue, facts.process, facts.issue.hours_a_month
    touched = [t.label(dimension) for dimension in issue.dimensions]
    also = len(issue.also)
    return [
        (t("Status"), t.label(issue.status)),
        (t("Severity"), f"{SEVERITY_SIGN[issue.severity]} {t.label(issue.severity)}"),
        (t("Owner"), person(issue.owner) if issue.owner else t("nobody's yet")),
        (t("Due"), t.day(issue.due) if issue.due else t("no due date")),
        (t("Category"), t.label(issue.category)),
        (t("Process"), t.name(process.name) if process else ""),
        (t("Touches"), t.listed(touched) if touched else ""),
        (t("Costs"), "" if hours is None else t("{hours} h a month", hours=hours)),
        (t("Data source"), issue.data_source),
        (t("Also seen by"), t.plural("{count} more person", "{count} more people", also) if also else ""),
    ]


def _attached(issue: Issue, t: Language) -> list[b.Block]:
    pictures = [b.image_file(file.id, file.name or issue.title) for file in issue.files if file.is_picture]
    others = [link(file.permalink, file.name) for file in issue.files if not file.is_picture]
    return [*pictures, *([b.context(t.markup("Attached: {files}", files=join(", ", others)))] if others else [])]


def _where_from(facts: IssueFacts, t: Language) -> Mrkdwn:
    issue = facts.issue
    by = person(issue.reporter) if issue.reporter else said(t("Somebody"))
    when = t.markup("{by} filed it on {day}", by=by, day=issue.filed_at.astimezone(t.zone).date())
    return join(" · ", [when, link(issue.permalink, t("from this message"))]) if issue.permalink else when


def _buttons(issue: Issue, t: Language) -> b.Block:
    value, reference = str(issue.id), issue.reference
    close = t("Close issue {reference}", reference=reference)
    take = t("Become the owner of {reference}", reference=reference)
    same = t("Say that you have the problem of {reference} too", reference=reference)
    return b.actions(
        b.button(t("Close"), "issue.close", value, style="primary", label=close),
        b.button(t("I take it"), "issue.take", IssueSeen(issue.id, issue.owner), label=take),
        b.button(t("Same here"), "issue.same", value, label=same),
        _more(issue, t),
        block_id=f"issue:{issue.id}",
    )


def _reopen(issue: Issue, t: Language) -> b.Block:
    label = t("Reopen issue {reference}", reference=issue.reference)
    return b.actions(b.button(t("Reopen"), "issue.reopen", str(issue.id), label=label), block_id=f"issue:{issue.id}")


def _more(issue: Issue, t: Language) -> b.Element:
    choices = [
        b.option(t("Change the status"), Wanted("status", issue.id)),
        b.option(t("Give a new due date"), Wanted("postpone", issue.id)),
        b.option(t("Hand it over"), Wanted("hand", issue.id)),
        b.option(t("Reject it"), Wanted("reject", issue.id)),
    ]
    return {"type": "overflow", "action_id": "issue.more", "options": choices}


def _what_changed(issue: Issue, activity: Activity, who: Mrkdwn, t: Language) -> Mrkdwn:
    match activity.verb:
        case "taken":
            return t.markup("{who} takes it.", who=who)
        case "same":
            return t.markup("{who} has this problem too.", who=who)
    status = IssueStatus(activity.after.get("status", issue.status))
    return changed(activity, who, t) or t.markup("{who} set the status to *{status}*.", who=who, status=t.label(status))
