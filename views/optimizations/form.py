"""The form of the optimization log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.issues.record import Issue
from domain.optimizations.form import MOST_EFFECTS, OptimizationForm, block, percent_typed
from domain.pilots.record import Pilot
from domain.processes.record import Process
from views.core import Language, Mrkdwn, blocks as b, improvement, inputs
from views.core.choosing import pilot_menu, process_menu

EFFECT = "optimize.effect"
"""Action id of what the bot hears of while an effect is typed."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in the form; `issue` is the one that is linked."""

    processes: Sequence[Process] = ()
    pilots: Sequence[Pilot] = ()
    issue: Issue | None = None


def form(
    t: Language, choices: Choices, typed: Mapping[str, Any], metadata: str, *, effects: int = 1, editing: bool = False
) -> dict[str, Any]:
    """The record T4, filled with what is typed already. `effects` is how many effects are asked for."""
    linked = issue_option(choices.issue) if choices.issue else None
    blocks = inputs(
        OptimizationForm,
        t,
        typed,
        elements={
            "process": process_menu(choices.processes, _text(typed, "process"), t),
            "issue": b.search_select("optimize.issue", linked, t("I-12, or a word of its title")),
            "pilot": pilot_menu(choices.pilots, _text(typed, "pilot"), t),
        },
        above={"owner": [*_effects(t, typed, effects), *_add_effect(t, effects)]},
    )
    callback, title, submit = "optimize.log", t("Log an optimization"), t("Log it")
    if editing:
        callback, title, submit = "optimize.mend", t("Edit the optimization"), t("Save")
    return b.modal(callback, title, blocks, submit=submit, close=t("Cancel"), metadata=metadata)


def issue_option(issue: Issue) -> dict[str, Any]:
    return b.option(f"{issue.reference} · {issue.title}", str(issue.id))


def _effects(t: Language, typed: Mapping[str, Any], count: int) -> list[b.Block]:
    return [part for number in range(1, count + 1) for part in _effect(t, typed, number)]


def _effect(t: Language, typed: Mapping[str, Any], number: int) -> list[b.Block]:
    """One effect: figures before and after, or the bare percentage, and what they come to as one types."""

    def figure(name: str, label: str, placeholder: str) -> b.Block:
        named = block(number, name)
        element = b.text_input(EFFECT, initial=_text(typed, named), longest=40, placeholder=placeholder, tell=True)
        return b.field_input(named, label, element, optional=True, tell=True)

    metric, unit, higher = (block(number, name) for name in ("metric", "unit", "higher"))
    better = b.checkboxes(EFFECT, [b.option(t("A higher figure is better"), "higher")], typed.get(higher) or ())
    return [
        b.divider(),
        b.field_input(
            metric,
            t("Effect {number}: what changed?", number=number),
            b.text_input(metric, initial=_text(typed, metric), longest=100, placeholder=t("Scheduling time")),
            optional=number > 1,
        ),
        figure("before", t("Before"), t("8 hours")),
        figure("after", t("After"), t("3 hours")),
        b.field_input(
            unit,
            t("Unit"),
            b.text_input(unit, initial=_text(typed, unit), longest=30, placeholder=t("hours, %, points")),
            hint=t("Not needed where it stands behind the figures."),
            optional=True,
        ),
        b.field_input(higher, t("Direction"), better, optional=True, tell=True),
        figure("percent", t("Or the improvement in %"), "20"),
        {**b.context(_result(t, typed, number)), "block_id": block(number, "result")},
    ]


def _result(t: Language, typed: Mapping[str, Any], number: int) -> Mrkdwn:
    percent = percent_typed(typed, number)
    if percent is None:
        return t.markup("The improvement is worked out here as you type.")
    return t.markup("That is *{improvement}*.", improvement=improvement(percent, t))


def _add_effect(t: Language, effects: int) -> list[b.Block]:
    if effects >= MOST_EFFECTS:
        return []
    return [b.actions(b.button(t("Add another effect"), "optimize.more"), block_id="more_effects"), b.divider()]


def _text(typed: Mapping[str, Any], name: str) -> str:
    return str(typed.get(name) or "")
