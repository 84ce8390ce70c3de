"""The fields of a KPI's definition."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.kpis.forms import NOT_DERIVED, RECOMMENDED, Holds, KpiChange, KpiForm
from domain.kpis.record import Derived, Kpi
from domain.people.record import Department
from domain.processes.record import Process
from views.core import blocks as b
from views.core.choosing import process_menu
from views.core.forms import Choices, inputs
from views.core.language import Language

AS_THEY_STAND = (
    *("formula", "source", "frequency", "target", "warning", "periods", "good_periods", "departments"),
    *("owner", "data_owner", "channel", "signals"),
)


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What can be chosen, and what stands in the form: an existing KPI, or what a new one starts with."""

    kpi: Kpi
    processes: Sequence[Process] = field(default=())
    departments: Sequence[Department] = field(default=())


def fields_of(facts: FormFacts, t: Language, *, new: bool) -> list[b.Block]:
    """What a KPI is made of, a row of T3 and how it is watched. Only the name and the target must be filled in."""
    kpi = facts.kpi
    typed = {name: getattr(kpi, name) for name in AS_THEY_STAND} | {
        "name": kpi.name.text,
        "name_zh": kpi.name.text_zh,
        "derived": kpi.derived or NOT_DERIVED,
        "band": int(kpi.band),
        "segments": "\n".join(kpi.segments),
        "holds": Holds.NEXT,
    }
    if new:
        typed |= dict.fromkeys(("periods", "good_periods", "band"), RECOMMENDED)
    menus = {"process": process_menu(facts.processes, kpi.process_id, t)} if facts.processes else {}
    form = KpiForm if new else KpiChange
    return inputs(form, t, typed, choices=_choices(facts, t), elements=menus, focus="name" if new else "")


def _choices(facts: FormFacts, t: Language) -> Choices:
    """In plain words, when an alert opens and when it is over; and what the workspace has."""
    best = [b.option(t("As recommended for the frequency"), str(RECOMMENDED))]
    opens = [
        t("At the first value beyond the target"),
        t("When two values in a row are beyond it"),
        t("When three values in a row are beyond it"),
    ]
    ends = [
        t("With the first value on target"),
        t("After two values in a row on target"),
        t("After three values in a row on target"),
    ]
    holds = {Holds.NEXT: t("From the next period on"), Holds.DAY: t("From a day on")}
    holds[Holds.ALL] = t("For all values, old ones too")
    return {
        "derived": [
            b.option(t("No: people or programs bring the values"), NOT_DERIVED),
            *(b.option(t.label(figure), figure.value) for figure in Derived),
        ],
        "periods": [*best, *_numbered(opens)],
        "good_periods": [*best, *_numbered(ends)],
        "band": [*best, *_bands(int(facts.kpi.band), t)],
        "holds": [b.option(text, one.value) for one, text in holds.items()],
        "departments": [b.option(t.name(unit.name), str(unit.id)) for unit in facts.departments],
        **({} if facts.processes else {"process": []}),
    }


def _numbered(texts: Sequence[str]) -> list[dict[str, Any]]:
    return [b.option(text, str(number)) for number, text in enumerate(texts, 1)]


def _bands(present: int, t: Language) -> list[dict[str, Any]]:
    bands = {0: t("On target is enough")}
    bands |= {band: t("{percent} % inside", percent=band) for band in (2, 5, 10, *((present,) if present else ()))}
    return [b.option(text, str(band)) for band, text in bands.items()]
