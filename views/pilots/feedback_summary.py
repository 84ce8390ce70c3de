"""What people said about a pilot, put together: figures first, then their words, never who said them."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from domain.core import Command, Severity
from domain.pilots.feedback import PASSED, Average, Summary
from views.core import Language, Mrkdwn, blocks as b, bold, lines, said
from views.core.lists import left_out
from views.kpis.values import SPARKS

WEEKS_SHOWN, TEXTS_SHOWN, TEXT_SHOWN = 8, 5, 200
SIGNS = {Severity.HIGH: "🔴", Severity.MEDIUM: "🟠", Severity.LOW: "🟡", None: "⚪"}
NO_ANSWER = "·"


def summary(feedback: Summary, t: Language) -> b.Rendered:
    title = t("Feedback: {pilot}", pilot=t.name(feedback.pilot.name))
    text = said(f"{title} · {_judged(feedback, t)}")
    blocks = [
        b.header(title),
        b.fields(
            lines(bold(t("Average")), said(_judged(feedback, t))),
            lines(bold(t("Answered this week")), said(_rate(feedback, t))),
        ),
    ]
    if not feedback.overall.count:
        nobody = t.markup("Nobody has answered yet. Be the first: {command}", command=Command("feedback"))
        return b.Rendered(text, [*blocks, b.section(nobody)])
    blocks += [b.section(_trend(feedback.weeks, t)), *_problems(feedback, t)]
    blocks += _texts(f"✅ {t('What works')}", feedback.works, t) + _texts(f"💡 {t('Wishes')}", feedback.wishes, t)
    return b.Rendered(text, blocks)


def judged(average: Average, minimum: int, t: Language) -> str:
    """`4.2 of 5 from 6 answers: passed`, or that there are too few to judge."""
    if average.value is None:
        return t("No answers yet")
    value = t("{average} of 5", average=_tenth(average.value))
    if average.count < minimum:
        few = t.plural("{count} answer: too few to judge", "{count} answers: too few to judge", average.count)
        return f"{value} · {few}"
    count = t.plural("{count} answer", "{count} answers", average.count)
    verdict = t("passed") if average.passed else t("not passed, {needed} is needed", needed=PASSED)
    return f"{value} · {count} · {verdict}"


def _judged(feedback: Summary, t: Language) -> str:
    return judged(feedback.overall, feedback.minimum, t)


def _rate(feedback: Summary, t: Language) -> str:
    if not feedback.participants:
        return t("Nobody is named as taking part.")
    percent = Decimal(100 * feedback.answered) / feedback.participants
    return t(
        "{answered} of {participants} ({percent} %)",
        answered=feedback.answered,
        participants=feedback.participants,
        percent=percent.quantize(Decimal(1), ROUND_HALF_UP),
    )


def _trend(weeks: Sequence[tuple[date, Average]], t: Language) -> Mrkdwn:
    recent = weeks[-WEEKS_SHOWN:]
    title = f"{bold(t('Week by week'))}  {''.join(_spark(average) for _, average in recent)}"
    return lines(Mrkdwn(title), *[said(_week(week, average, t)) for week, average in recent])


def _week(week: date, average: Average, t: Language) -> str:
    if average.value is None:
        return t("From {day}: no answers", day=t.day(week))
    count = t.plural("{count} answer", "{count} answers", average.count)
    return t("From {day}: {average} of 5 ({count})", day=t.day(week), average=_tenth(average.value), count=count)


def _spark(average: Average) -> str:
    """Heights from 1 to 5, so that pilots can be compared."""
    if average.value is None:
        return NO_ANSWER
    height = (average.value - 1) / 4 * (len(SPARKS) - 1)
    return SPARKS[int(height.quantize(Decimal(1), ROUND_HALF_UP))]


def _problems(feedback: Summary, t: Language) -> list[b.Block]:
    blocks: list[b.Block] = []
    for severity, texts in feedback.problems:
        how_bad = t.label(severity) if severity else t("Nobody said how bad")
        blocks += _texts(f"{SIGNS[severity]} {t('What gets in the way')} · {how_bad}", texts, t)
    return blocks


def _texts(title: str, texts: Sequence[str], t: Language) -> list[b.Block]:
    if not texts:
        return []
    cut = [b.cut(text, TEXT_SHOWN) for text in texts[:TEXTS_SHOWN]]
    return [b.section(bold(title)), b.bullets(cut), *left_out(len(texts) - TEXTS_SHOWN, t)]


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
