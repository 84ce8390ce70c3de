"""The Home tab: what I owe, what I filed and where it stands, pilots under way, and the way to everything else."""

from collections.abc import Sequence
from typing import Any

from domain.commitments.digests import Reminder
from domain.commitments.ladder import Lateness
from domain.core import Ref
from domain.home.queries import Overview
from domain.issues.queries import IssueFacts
from domain.issues.record import Issue
from domain.pilots.queries import MetricStanding, PilotStanding
from domain.suggestions.record import Suggestion
from views.commitments.lines import owed_buttons, owed_line, short
from views.core import Language, Mrkdwn, blocks as b, bold, join, lines, said
from views.core.lists import left_out
from views.destinations import notices as blocked_destinations
from views.home.menu import four_commands
from views.issues.lists import line
from views.kpis import home as kpi_home
from views.pilots.card import figure, goal

METRICS = 4


def home(seen: Overview, t: Language) -> dict[str, Any]:
    """At most some 60 blocks: each part is cut."""
    return b.home(
        [
            b.header(t("Your day, {day}", day=t.day(seen.today))),
            b.context(_summary(seen, t)),
            b.actions(*four_commands(t), b.runs(t("Menu"), "gemba"), b.runs(t("Settings"), "gemba settings")),
            *blocked_destinations.on_home(seen.blocked, t),
            *_to_set_up(seen.to_set_up, t),
            b.divider(),
            *_owed(seen, t),
            b.divider(),
            *_filed(seen, t),
            b.divider(),
            *_pilots(seen, t),
            *kpi_home.section(seen, t),
        ]
    )


def _summary(seen: Overview, t: Language) -> Mrkdwn:
    late = [line.lateness for line in seen.owed]
    parts = []
    if overdue := late.count(Lateness.OVERDUE):
        parts.append(t.plural("{count} overdue", "{count} overdue", overdue))
    if today := late.count(Lateness.TODAY):
        parts.append(t.plural("{count} due today", "{count} due today", today))
    if soon := late.count(Lateness.SOON):
        parts.append(t.plural("{count} due soon", "{count} due soon", soon))
    return join(" · ", parts) if parts else said(t("Nothing is overdue, nothing is due soon."))


def _owed(seen: Overview, t: Language) -> list[b.Block]:
    blocks: list[b.Block] = [b.section(bold(t("What you owe")))]
    if not seen.owed:
        nothing = t("Nothing is due. Issues and tasks that you own are listed here, overdue first.")
        return [*blocks, b.section(said(nothing))]
    for reminder in seen.owed:
        blocks += [b.section(_owed_line(reminder, seen, t)), owed_buttons(reminder.owed, t, seen.today.isoformat())]
    if seen.owed_count > len(seen.owed):
        blocks += left_out(seen.owed_count - len(seen.owed), t)
        blocks.append(b.actions(b.runs(t("My issues"), "issue list mine"), b.runs(t("My tasks"), "gemba task list")))
    return blocks


def _owed_line(reminder: Reminder, seen: Overview, t: Language) -> Mrkdwn:
    owed = reminder.owed
    text = owed_line(reminder, t, seen.links.get(owed.card, ""))
    if owed.snoozed_until is None or not owed.snoozed(seen.today):
        return text
    return join(" · ", [text, said(f"💤 {t('snoozed until {day}', day=t.day(owed.snoozed_until))}")])


def _filed(seen: Overview, t: Language) -> list[b.Block]:
    title = b.section(bold(t("What you filed")))
    if not seen.filed and not seen.suggested:
        nothing = t("You have filed nothing yet. What gets in your way? The buttons above take a minute.")
        return [title, b.section(said(nothing))]
    blocks = [title, *(b.section(_issue(issue, seen, t)) for issue in seen.filed)]
    blocks += left_out(seen.filed_count - len(seen.filed), t)
    return [*blocks, *(b.section(_suggestion(suggestion, t)) for suggestion in seen.suggested)]


def _issue(issue: Issue, seen: Overview, t: Language) -> Mrkdwn:
    text = line(IssueFacts(issue, link=seen.links.get(Ref("issue", issue.id).card, ""), today=seen.today), t)
    why = said(short(issue.reason)) if issue.finished and issue.reason else None
    return lines(text, why)


def _suggestion(suggestion: Suggestion, t: Language) -> Mrkdwn:
    first = Mrkdwn(f"💡 {bold(suggestion.reference)} {short(suggestion.text)}")
    parts = [said(t.label(suggestion.state)), *([short(suggestion.reason)] if suggestion.reason else [])]
    return lines(first, join(" · ", parts))


def _pilots(seen: Overview, t: Language) -> list[b.Block]:
    title = b.section(bold(t("Pilots under way")))
    if not seen.pilots:
        return [title, b.section(said(t("No pilot is under way.")))]
    blocks = [title, *(b.section(_pilot(standing, t)) for standing in seen.pilots)]
    return blocks + left_out(seen.pilot_count - len(seen.pilots), t)


def _pilot(standing: PilotStanding, t: Language) -> Mrkdwn:
    pilot = standing.pilot
    name = Mrkdwn(f"{bold(pilot.reference)} {short(t.name(pilot.name))}")
    when = t("week {week}, until {day}", week=standing.week, day=t.day(pilot.ends))
    first = join(" · ", [name, when])
    return lines(first, *(_metric(metric, t) for metric in standing.metrics[:METRICS]))


def _metric(standing: MetricStanding, t: Language) -> Mrkdwn:
    metric = standing.metric
    value = t("no value yet") if standing.latest is None else figure(standing.latest, metric, t)
    return t.markup(
        "{metric}: {value} (target {target}) · {status}",
        metric=t.name(metric.name),
        value=value,
        target=goal(metric, t),
        status=standing.status,
    )


def _to_set_up(lacking: Sequence[str], t: Language) -> list[b.Block]:
    """To leads, while the workspace is new."""
    if not lacking:
        return []
    steps = {
        "channel": t("set up a team channel: what it hears, and when its weekly sync is"),
        "department": t("add departments with their heads, so that overdue work can go to them"),
        "process": t("add the processes that you want to improve, with their owners"),
        "triage": t("choose the channel where suggestions land"),
    }
    rows = [Mrkdwn(f"• {said(steps[name])}") for name in steps if name in lacking]
    begin = lines(t.markup("*Still to set up:*"), *rows)
    return [b.divider(), b.section(begin, b.button(t("Settings"), "command.run:set-up", "gemba settings"))]
