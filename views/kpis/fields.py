"""The fields of a KPI's definition."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.kpis.forms import NOT_DERIVED, RECOMMENDED, KpiChange, KpiForm
from domain.kpis.record import Derived, Kpi
from domain.people.record import Department
from domain.processes.record import Process
from views.core import Choices, Language, blocks as b, inputs, of_record
from views.core.choosing import process_menu


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What can be chosen, and what stands in the form: an existing KPI, or what a new one starts with."""

    kpi: Kpi
    processes: Sequence[Process] = field(default=())
    departments: Sequence[Department] = field(default=())


def fields_of(facts: FormFacts, t: Language, *, new: bool) -> list[b.Block]:
    """What a KPI is made of, a row of T3 and how it is watched. A new one starts with the recommended rules."""
    kpi = facts.kpi
    rules = dict.fromkeys(("periods", "good_periods", "band"), RECOMMENDED) if new else {"band": int(kpi.band)}
    derived = [b.option(t("No: people or programs bring the values"), NOT_DERIVED)]
    return inputs(
        KpiForm if new else KpiChange,
        t,
        of_record(kpi, derived=kpi.derived or NOT_DERIVED, **rules),
        choices={
            "derived": [*derived, *(b.option(t.label(figure), figure.value) for figure in Derived)],
            "departments": [b.option(t.name(unit.name), str(unit.id)) for unit in facts.departments],
            **_rules(kpi, t),
        },
        elements={"process": process_menu(facts.processes, kpi.process_id, t)},
        focus="name" if new else "",
    )


def _rules(kpi: Kpi, t: Language) -> Choices:
    """In plain words, when an alert opens and when it is over."""
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
    bands = {0: t("On target is enough")} | {band: t("{percent} % inside", percent=band) for band in (2, 5, 10)}
    bands.setdefault(int(kpi.band), t("{percent} % inside", percent=kpi.band))
    return {
        "periods": _numbered(dict(enumerate(opens, 1)), t),
        "good_periods": _numbered(dict(enumerate(ends, 1)), t),
        "band": _numbered(bands, t),
    }


def _numbered(texts: dict[int, str], t: Language) -> list[dict[str, Any]]:
    texts = {RECOMMENDED: t("As recommended for the frequency")} | texts
    return [b.option(text, str(number)) for number, text in texts.items()]
