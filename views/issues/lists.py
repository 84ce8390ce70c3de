"""Lists of issues: a message with the first ten, and a modal with all."""

from collections.abc import Sequence
from typing import Any

from domain.issues.queries import IssueFacts
from views.core import Language, Mrkdwn, blocks as b, bold, join, lines, link, lists, person, said
from views.core.labels import SEVERITY_SIGN

SHOWN = 10


def listing(
    title: str,
    issues: Sequence[IssueFacts],
    t: Language,
    *,
    empty: str,
    count: int = 0,
    wanted: str = "",
    costs: bool = False,
) -> b.Rendered:
    """A private list, cut after ten: of `count` where there are more. Its button asks for what was `wanted`."""
    if not issues:
        return b.sentence(said(empty))
    blocks = [b.section(line(facts, t, costs=costs)) for facts in issues[:SHOWN]]
    if count > SHOWN:
        every = b.button(t("Show all"), "issue.all", wanted, label=t("Show all of: {section}", section=title))
        blocks.append(b.section(lists.more(count - SHOWN, t), every))
    return b.Rendered(title, [b.header(title), *blocks])


def whole(title: str, issues: Sequence[IssueFacts], t: Language, *, count: int) -> dict[str, Any]:
    """All of them, as far as a modal holds them."""
    rows = [line(facts, t) for facts in issues]
    return lists.whole(t("Issues"), b.header(title), rows, t, count=count)


def line(facts: IssueFacts, t: Language, *, costs: bool = False) -> Mrkdwn:
    """An issue in two short lines."""
    issue = facts.issue
    first = Mrkdwn(f"{SEVERITY_SIGN[issue.severity]} {bold(link(facts.link, issue.reference))} {said(issue.title)}")
    parts: list[object] = [t.label(issue.status), person(issue.owner) if issue.owner else t("nobody's yet")]
    if costs and issue.hours_a_month is not None:
        parts.insert(0, t("{hours} h a month", hours=issue.hours_a_month))
    if issue.due and not issue.finished:
        late = facts.today is not None and issue.due < facts.today
        due = t.day(issue.due)
        parts.append(t("overdue since {due}", due=due) if late else t("due {due}", due=due))
    return lines(first, join(" · ", parts))
