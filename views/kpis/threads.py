"""What values did to a KPI alert, told in its thread and kept true there."""

from collections.abc import Sequence
from datetime import timedelta

from domain.kpis.alerts.threads import ThreadValue
from domain.kpis.record import AlertSeverity, AlertStory
from views.core import Language, Mrkdwn, blocks as b, goal_of, join, lines, person, said
from views.core.lists import more
from views.kpis.stories import named
from views.kpis.values import for_period, with_unit

NOTES_SHOWN = 20


def alert_values(values: Sequence[ThreadValue], earlier: int, t: Language) -> b.Rendered:
    """The one reply with the values that came since the alert opened, the newest last; `earlier` are not shown."""
    if not values:
        return _overtaken(t)
    rows = [_value(value, t) for value in values]
    if earlier:
        rows.insert(
            0, said(t.plural("… after {count} value before them", "… after {count} values before them", earlier))
        )
    newest = values[-1]
    if newest.facts.is_open and newest.rules.beyond(newest.reading.value) is None:
        rows.append(t.markup("The alert closes when it stays there."))
    return b.sentence(lines(*rows))


def alert_note(values: Sequence[ThreadValue], story: AlertStory, t: Language) -> b.Rendered:
    """What a value changed; in the thread of many alerts, a line for each that it changed in this way."""
    if not values:
        return _overtaken(t)
    rows = [named(value.facts, _changed(value, story, t), t) for value in values[:NOTES_SHOWN]]
    if rest := len(values) - len(rows):
        rows.append(more(rest, t))
    return b.sentence(lines(*rows))


def _value(value: ThreadValue, t: Language) -> Mrkdwn:
    given, rules = _given(value, t), value.rules
    match rules.beyond(value.reading.value):
        case AlertSeverity.WARNING if rules.warning:
            line = goal_of(rules.warning, t)
            return t.markup("{value} for {day}: still beyond the warning line ({line}).", line=line, **given)
        case None:
            return t.markup("{value} for {day}: on target ({target}).", **given)
    return t.markup("{value} for {day}: still off target ({target}).", **given)


def _changed(value: ThreadValue, story: AlertStory, t: Language) -> Mrkdwn:
    given = _given(value, t)
    match story:
        case AlertStory.WORSE:
            worse = t.markup("🚨 {value} for {day}: now beyond the target ({target}), no warning any more.", **given)
            return join(" ", [worse, *_whom(value)])
        case AlertStory.AGAIN:
            again = t.markup(
                "🚨 {value} for {day} did not end it: a value before it came late or was corrected.", **given
            )
            return join(" ", [again, *_whom(value)])
        case AlertStory.RECOVERED:
            days = (value.reading.period - value.facts.opened_by.period) // timedelta(days=1)
            span = t.plural("{count} day", "{count} days", days)
            return t.markup("✅ {value} for {day}: back on target ({target}) after {span}.", span=span, **given)
        case AlertStory.CORRECTED if not value.facts.opener_wrong:
            return t.markup(
                "☑️ {day} does not count any more: a value came late or was corrected, or the target was changed.",
                **given,
            )
    return t.markup("✅ Corrected to {value} for {day}: on target ({target}).", **given)


def _given(value: ThreadValue, t: Language) -> dict[str, str]:
    return {
        "value": with_unit(value.reading.value, value.facts.kpi, t),
        "day": for_period(value.facts.kpi, value.reading.period, t),
        "target": goal_of(value.rules.goal, t),
    }


def _whom(value: ThreadValue) -> list[Mrkdwn]:
    """Who is to look, while it is open."""
    who = value.facts.alert.acknowledged_by or value.facts.kpi.owner
    return [person(who)] if who and value.facts.is_open else []


def _overtaken(t: Language) -> b.Rendered:
    return b.sentence(
        t.markup("☑️ This is no longer so: a value came late or was corrected. The message above shows how it stands.")
    )
