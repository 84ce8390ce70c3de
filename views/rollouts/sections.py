"""How a roll-out looks: its batches, training, what people are given, and who does what."""

from collections.abc import Mapping, Sequence

from domain.people.record import Department
from domain.rollouts.record import Batch, Duty, Rollout
from views.core import Language, Mrkdwn, blocks as b, bold, join, lines, said
from views.core.lists import left_out, more

ROLLOUTS, BATCHES, OTHERS = 3, 8, 8
"""So many of each are shown."""
Departments = Mapping[int, Department]


def sections(rollouts: Sequence[Rollout], departments: Departments, t: Language) -> list[b.Block]:
    """A section for each roll-out."""
    blocks = [b.section(_rollout(rollout, departments, t)) for rollout in rollouts[:ROLLOUTS]]
    return blocks + left_out(len(rollouts) - ROLLOUTS, t)


def named(ids: Sequence[int], departments: Departments, t: Language) -> list[str]:
    """The departments' names; those that are gone are left out."""
    present = [departments[one] for one in ids if one in departments]
    return [b.cut(t.name(one.name), 80) for one in present]


def _rollout(rollout: Rollout, departments: Departments, t: Language) -> Mrkdwn:
    batches = [_batch(number, one, departments, t) for number, one in enumerate(rollout.batches[:BATCHES], 1)]
    training = [_batch(number, one, departments, t) for number, one in enumerate(rollout.training[:BATCHES], 1)]
    package = t.listed([b.cut(t.format(one), 80) for one in rollout.package[:OTHERS]])
    duties = [_duty(duty, t) for duty in rollout.duties[:OTHERS]]
    return lines(
        bold(t("Roll-out: {name}", name=b.cut(t.name(rollout.name), 150))),
        *batches,
        *_cut(rollout.batches, BATCHES, t),
        *([said(t("Training:")), *training, *_cut(rollout.training, BATCHES, t)] if training else []),
        said(t("Handed out: {things}", things=package)) if package else None,
        join(" · ", duties) if duties else None,
    )


def _batch(number: int, batch: Batch, departments: Departments, t: Language) -> Mrkdwn:
    """`• Weeks 1–2: Sales (six regions)`."""
    who, note = t.listed(named(batch.departments, departments, t)), b.cut(t.format(batch.note), 100)
    if who and note:
        who = t("{departments} ({note})", departments=who, note=note)
    return Mrkdwn(f"• {said(_when(number, batch, t, who or note or b.NOTHING))}")


def _when(number: int, batch: Batch, t: Language, who: str) -> str:
    if batch.first is None:
        return t("Batch {number}: {who}", number=number, who=who)
    return weeks(batch.first, batch.last or batch.first, who, t)


def weeks(first: int, last: int, text: str, t: Language) -> str:
    """`Week 1: …`, `Weeks 2–3: …`."""
    if first == last:
        return t("Week {week}: {text}", week=first, text=text)
    return t("Weeks {first}–{last}: {text}", first=first, last=last, text=text)


def _duty(duty: Duty, t: Language) -> str:
    return t("{role}: {duty}", role=b.cut(t.format(duty.role), 80), duty=b.cut(t.format(duty.what), 80))


def _cut(items: Sequence[object], most: int, t: Language) -> list[Mrkdwn]:
    return [more(len(items) - most, t)] if len(items) > most else []
