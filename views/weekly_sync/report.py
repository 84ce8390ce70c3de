"""How the weekly sync looks: short sections in one message, what it cuts in its thread, and the report on demand."""

from typing import Any, Literal

from domain.core import Command
from domain.weekly_sync.queries import SECTIONS, SHOWN, SyncFacts, Week
from views.commitments.lines import Link
from views.core import Language, Mrkdwn, blocks as b, bold, lines, lists, person, said
from views.weekly_sync.carried import SectionOf, SyncOf
from views.weekly_sync.lines import alert_quality, section_lines

DETAIL_CHARACTERS = 11_000  # Slack refuses a message near 13,200


def sync(facts: SyncFacts, t: Language, link_of: Link) -> b.Rendered:
    """The message of the week."""
    week, text = facts.week, _summary(facts, t)
    blocks = [b.header(_heading(week, t)), b.section(text), *_sections(facts, t, link_of)]
    label = t("Add what you did, will do, or are blocked by")
    add = b.button(t("Add yours"), "sync.yours", SyncOf(week.channel_id, week.notes_to), label=label)
    why = t.markup(
        "Once a week, for this channel. Day, time and language: {command}", command=Command("gemba settings")
    )
    return b.Rendered(text, [*blocks, *_quality(facts, t), b.actions(add), b.context(why)])


def report(facts: SyncFacts, t: Language, link_of: Link, *, posting: bool = False, by: str = "") -> b.Rendered:
    """The same on demand. `posting` adds the button that shows it to everybody, `by` says who pressed it."""
    week = facts.week
    quiet = t.markup("Nothing was closed or filed here in the last seven days, and nothing is late.")
    text = _summary(facts, t) if facts.sections else quiet
    blocks = [b.header(_heading(week, t)), b.section(text), *_sections(facts, t, link_of), *_quality(facts, t)]
    if posting:
        label = t("Post this report in the channel for everybody")
        post = b.button(t("Post it here"), "sync.post", SyncOf(week.channel_id, week.last), label=label)
        blocks.append(b.actions(post))
    if by:
        asked = t.markup("{who} asked for it with {command}", who=person(by), command=Command("gemba report"))
        blocks.append(b.context(asked))
    return b.Rendered(text, blocks)


def posted_already(t: Language) -> b.Rendered:
    """To who posts a report that stands in the channel."""
    return b.sentence(said(t("This report is posted here already.")))


def detail(facts: SyncFacts, name: str, t: Language, link_of: Link) -> b.Rendered:
    """A section in full, as far as one message holds it."""
    rows = section_lines(facts, name, t, link_of, whole=True)
    title = _title(facts, name, t)
    if not rows:
        return b.sentence(title, b.context(t.markup("Nothing any more.")))
    kept, used = list[Mrkdwn](), 0
    for line in rows:
        used += len(line) + 1
        if used > DETAIL_CHARACTERS:
            break
        kept.append(line)
    blocks = [b.section(title), *lists.sections(kept)]
    if len(kept) < len(rows):
        blocks.append(b.section(lists.more(len(rows) - len(kept), t), _more_button(facts.week, name, t)))
    return b.Rendered(title, blocks)


def whole(facts: SyncFacts, name: str, t: Language, link_of: Link) -> dict[str, Any]:
    """A section with everything in it: a modal holds ten times what a message does."""
    rows = section_lines(facts, name, t, link_of, whole=True) or [t.markup("Nothing any more.")]
    return lists.whole(t("Weekly sync"), b.section(_title(facts, name, t)), rows, t)


def _sections(facts: SyncFacts, t: Language, link_of: Link) -> list[b.Block]:
    made = []
    for name in facts.sections:
        rows = section_lines(facts, name, t, link_of)
        rest = len(rows) - SHOWN
        button = _more_button(facts.week, name, t) if rest > 0 else None
        last = lists.more(rest, t) if rest > 0 else None
        made.append(b.section(lines(_title(facts, name, t), *rows[:SHOWN], last), button))
    return made


def _quality(facts: SyncFacts, t: Language) -> list[b.Block]:
    """Whether KPI alerts are of use: too many that nobody acts on are a reason to change targets."""
    return [b.context(alert_quality(facts.quality, t))] if facts.quality else []


def _more_button(week: Week, name: str, t: Language) -> b.Element:
    kind: Literal["sync", "report"] = "sync" if week.notes_from == week.notes_to else "report"
    day = week.notes_to if kind == "sync" else week.last
    label = t("Show all of: {section}", section=_name(name, t))
    return b.button(t("Show all"), f"sync.more:{name}", SectionOf(week.channel_id, day, kind, name), label=label)


def _heading(week: Week, t: Language) -> str:
    return t("Weekly sync, {first} – {last}", first=t.day(week.first), last=t.day(week.last))


def _summary(facts: SyncFacts, t: Language) -> Mrkdwn:
    if not facts.sections:
        return t.markup(
            "A quiet week: nothing was closed or filed here, nothing is late. I say no more until there "
            "is something to say."
        )
    counts = [
        t.plural("{count} closed", "{count} closed", len(facts.closed)),
        t.plural("{count} new", "{count} new", len(facts.new)),
        t.plural("{count} late", "{count} late", len(facts.late)),
    ]
    return said(t("This week: {closed}, {new}, {late}.", closed=counts[0], new=counts[1], late=counts[2]))


def _title(facts: SyncFacts, name: str, t: Language) -> Mrkdwn:
    """With how many there are: pilots, though each of their metrics has a line."""
    count = len({standing.pilot.id for standing, _ in facts.pilots}) if name == "pilots" else len(getattr(facts, name))
    return Mrkdwn(f"{SIGNS[name]} {bold(_name(name, t))} ({count})")


def _name(name: str, t: Language) -> str:
    names = {
        "closed": t("Closed"),
        "new": t("New"),
        "improved": t("Optimized"),
        "late": t("Late"),
        "blocked": t("Blocked"),
        "notes": t("What people say"),
        "pilots": t("Pilots"),
        "kpis": t("KPIs off target"),
        "next": t("Due in the next seven days"),
    }
    return names[name]


SIGNS = dict(zip(SECTIONS, ("✅", "🆕", "🔧", "⏰", "🚧", "💬", "🧪", "📉", "➡️"), strict=True))
