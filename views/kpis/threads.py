"""What values did to a KPI alert, told in its thread and kept true there."""

from collections.abc import Sequence
from datetime import timedelta

from domain.kpis.alerts.thread_facts import Turn
from domain.kpis.record import AlertSeverity, AlertStory
from views.core import blocks as b
from views.core.language import Language
from views.core.lists import more
from views.core.markup import Mrkdwn, join, lines, person, said
from views.core.measures import goal_of
from views.kpis.stories import named
from views.kpis.values import for_period, with_unit

NOTES_SHOWN = 20


def alert_values(turns: Sequence[Turn], earlier: int, t: Language) -> b.Rendered:
    """The one reply with the values that came since the alert opened, the newest last; `earlier` are not shown."""
    if not turns:
        return _overtaken(t)
    told = [_value(turn, t) for turn in turns]
    if earlier:
        told.insert(
            0, said(t.plural("… after {count} value before them", "… after {count} values before them", earlier))
        )
    newest = turns[-1]
    if newest.facts.is_open and newest.rules.beyond(newest.reading.value) is None:
        told.append(t.markup("The alert closes when it stays there."))
    return b.sentence(lines(*told))


def alert_note(turns: Sequence[Turn], story: AlertStory, t: Language) -> b.Rendered:
    """What a value changed; in the thread of many alerts, a line for each that it changed in this way."""
    if not turns:
        return _overtaken(t)
    told = [named(turn.facts, _changed(turn, story, t), t) for turn in turns[:NOTES_SHOWN]]
    if rest := len(turns) - len(told):
        told.append(more(rest, t))
    return b.sentence(lines(*told))


def _value(turn: Turn, t: Language) -> Mrkdwn:
    given, rules = _given(turn, t), turn.rules
    match rules.beyond(turn.reading.value):
        case AlertSeverity.WARNING if rules.warning:
            line = goal_of(rules.warning, t)
            return t.markup("{value} for {day}: still beyond the warning line ({line}).", line=line, **given)
        case None:
            return t.markup("{value} for {day}: on target ({target}).", **given)
    return t.markup("{value} for {day}: still off target ({target}).", **given)


def _changed(turn: Turn, story: AlertStory, t: Language) -> Mrkdwn:
    given = _given(turn, t)
    match story:
        case AlertStory.WORSE:
            worse = t.markup("🚨 {value} for {day}: now beyond the target ({target}), no warning any more.", **given)
            return join(" ", [worse, *_whom(turn)])
        case AlertStory.AGAIN:
            again = t.markup(
                "🚨 {value} for {day} did not end it: a value before it came late or was corrected.", **given
            )
            return join(" ", [again, *_whom(turn)])
        case AlertStory.RECOVERED:
            days = (turn.reading.period - turn.facts.opened_by.period) // timedelta(days=1)
            span = t.plural("{count} day", "{count} days", days)
            return t.markup("✅ {value} for {day}: back on target ({target}) after {span}.", span=span, **given)
        case AlertStory.CORRECTED if not turn.facts.opener_wrong:
            return t.markup(
                "☑️ {day} does not count any more: a value came late or was corrected, or the target was changed.",
                **given,
            )
    return t.markup("✅ Corrected to {value} for {day}: on target ({target}).", **given)


def _given(turn: Turn, t: Language) -> dict[str, str]:
    return {
        "value": with_unit(turn.reading.value, turn.facts.kpi, t),
        "day": for_period(turn.facts.kpi, turn.reading.period, t),
        "target": goal_of(turn.rules.goal, t),
    }


def _whom(turn: Turn) -> list[Mrkdwn]:
    """Who is to look, while it is open."""
    who = turn.facts.alert.acknowledged_by or turn.facts.kpi.owner
    return [person(who)] if who and turn.facts.is_open else []


def _overtaken(t: Language) -> b.Rendered:
    return b.sentence(
        t.markup("☑️ This is no longer so: a value came late or was corrected. The message above shows how it stands.")
    )
