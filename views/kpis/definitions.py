"""What is said about a KPI that was added, changed or archived."""

from datetime import date

from domain.core import Command
from domain.kpis.record import Kpi
from views.core import Language, blocks as b, bold, code, goal, lines


def added(kpi: Kpi, t: Language) -> b.Rendered:
    name = t.name(kpi.name)
    text = lines(
        t.markup(
            "{kpi} is watched now. Target: {target} · {frequency}",
            kpi=bold(name),
            target=goal(kpi.target, t),
            frequency=kpi.frequency,
        ),
        t.markup("Give its first value with {command}.", command=Command(f"gemba kpi record {name} …")),
        t.markup("Programs know it as {key}.", key=code(kpi.key)),
    )
    return b.sentence(text)


def changed(kpi: Kpi, since: date | None, t: Language) -> b.Rendered:
    """What holds now; and from which period on, where values are judged in another way."""
    what = {"kpi": bold(t.name(kpi.name)), "target": goal(kpi.target, t)}
    if since is None:
        text = t.markup("{kpi} is saved. Target: {target}.", **what)
    elif since == date.min:
        text = t.markup("{kpi} is saved: target {target} for all values, old ones too.", **what)
    else:
        text = t.markup(
            "{kpi} is saved: target {target} for periods from {day} on. Older values keep the target of their time.",
            **what,
            day=t.day(since),
        )
    return b.sentence(text)


def archived(kpi: Kpi, t: Language) -> b.Rendered:
    """Said to who archived it, with the way back; or to who took it back."""
    name = bold(t.name(kpi.name))
    if kpi.archived_at is None:
        return b.sentence(t.markup("{kpi} is watched again.", kpi=name))
    text = t.markup("{kpi} is archived. Its values stay.", kpi=name)
    undo = b.button(t("Undo"), "kpi.unarchive", str(kpi.id), label=t("Watch {kpi} again", kpi=t.name(kpi.name)))
    return b.Rendered(text, [b.section(text, undo)])
