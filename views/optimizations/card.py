"""How the optimization log looks: the card, the private answer, lists."""

from collections.abc import Sequence

from domain.core import Command
from domain.measures.improvement import percent_of
from domain.optimizations.actions import OptimizationFacts
from domain.optimizations.record import Effect, Optimization
from views.core import Language, Mrkdwn, amount, blocks as b, bold, improvement, lines, link, person, said
from views.core.lists import left_out

LIST_SHOWN = 10


def card(facts: OptimizationFacts, t: Language) -> b.Rendered:
    """The record as it stands, each effect worked out."""
    optimization = facts.optimization
    label = t("Edit {reference}", reference=optimization.reference)
    edit = b.button(t("Edit"), "optimize.edit", str(optimization.id), label=label)
    blocks = [
        b.header(f"{optimization.reference} · {_name(facts, t)}"),
        b.facts(_rows(facts, t)),
        *_long(t("Background"), optimization.background),
        b.section(bold(t("Measures"))),
        b.numbered(optimization.measures),
        b.section(lines(bold(t("Effects")), *[effect_line(effect, t) for effect in optimization.effects])),
        *_long(t("Remarks"), optimization.remarks),
        b.context(t.markup("Logged by {who}", who=person(optimization.by) if optimization.by else t("Somebody"))),
        b.actions(edit, block_id=f"optimization:{optimization.id}"),
    ]
    text = t.markup(
        "Optimization {reference}: {name}. {effects}",
        reference=optimization.reference,
        name=_name(facts, t),
        effects=_effects(optimization, t),
    )
    return b.Rendered(text, blocks)


def logged(facts: OptimizationFacts, t: Language) -> b.Rendered:
    """To who logged it: the number first."""
    optimization = facts.optimization
    number = bold(link(facts.link, optimization.reference))
    first = t.markup("Logged as {number}: {name}", number=number, name=_name(facts, t))
    return b.sentence(lines(first, *[effect_line(effect, t) for effect in optimization.effects]))


def listing(logged: Sequence[OptimizationFacts], t: Language) -> b.Rendered:
    """A private list, the newest first, cut after ten."""
    title = t("Optimization log")
    if not logged:
        empty = t("Nothing is logged here yet. Log an optimization with {command}.", command=Command("optimize"))
        return b.Rendered(empty, [b.section(said(empty))])
    blocks = [b.section(_line(facts, t)) for facts in logged[:LIST_SHOWN]]
    return b.Rendered(title, [b.header(title), *blocks, *left_out(len(logged) - LIST_SHOWN, t)])


def effect_line(effect: Effect, t: Language) -> Mrkdwn:
    """`• Scheduling: 8 hours → 3 hours, 62.5 % better`."""
    better = bold(improvement(percent_of(effect), t))
    if effect.before is None or effect.after is None:
        return t.markup("• {metric}: {improvement}", metric=effect.metric, improvement=better)
    return t.markup(
        "• {metric}: {before} → {after}, {improvement}",
        metric=effect.metric,
        improvement=better,
        before=amount(effect.before, effect.unit, t),
        after=amount(effect.after, effect.unit, t),
    )


def _line(facts: OptimizationFacts, t: Language) -> Mrkdwn:
    optimization = facts.optimization
    number = bold(link(facts.link, optimization.reference))
    first = Mrkdwn(f"{number} {said(b.cut(_name(facts, t), 80))} · {said(t.format(optimization.date))}")
    return lines(first, *[effect_line(effect, t) for effect in optimization.effects])


def _name(facts: OptimizationFacts, t: Language) -> str:
    """The process, or else the first measure: a record of this kind has no title of its own."""
    if facts.process:
        return t.name(facts.process.name)
    return b.cut(next(iter(facts.optimization.measures), t("Optimization")), 100)


def _effects(optimization: Optimization, t: Language) -> Mrkdwn:
    effects = [
        t("{metric}: {improvement}", metric=effect.metric, improvement=improvement(percent_of(effect), t))
        for effect in optimization.effects
    ]
    return said(t.listed(effects))


def _rows(facts: OptimizationFacts, t: Language) -> list[tuple[str, object]]:
    optimization, issue, pilot = facts.optimization, facts.issue, facts.pilot
    return [
        (t("Date"), t.format(optimization.date)),
        (t("Owner"), person(optimization.owner)),
        (t("Issue"), link(facts.issue_link, f"{issue.reference} {b.cut(issue.title, 80)}") if issue else ""),
        (t("Pilot"), f"{pilot.reference} {t.name(pilot.name)}" if pilot else ""),
    ]


def _long(title: str, text: str) -> list[b.Block]:
    return [b.section(bold(title)), b.quote(text)] if text else []
