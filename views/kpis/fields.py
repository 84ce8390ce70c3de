"""The fields of a KPI's definition."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.kpis.forms import NOT_DERIVED, RECOMMENDED
from domain.kpis.record import Derived, Frequency, Kpi, Signals
from domain.people.record import Department
from domain.processes.record import Process
from views.core import blocks as b
from views.core.choosing import process_menu
from views.core.language import Language


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What can be chosen, and what stands in the form: an existing KPI, or what a new one starts with."""

    kpi: Kpi
    processes: Sequence[Process] = field(default=())
    departments: Sequence[Department] = field(default=())


def fields_of(facts: FormFacts, t: Language, *, new: bool) -> list[b.Block]:
    """What a KPI is made of, a row of T3 and how it is watched. Only the name and the target must be filled in."""
    kpi = facts.kpi

    def short(name: str, label: str, placeholder: str = "", *, longest: int = 300, hint: str = "") -> b.Block:
        element = b.text_input(
            name,
            initial=kpi.name.text_zh if name == "name_zh" else str(getattr(kpi, name)),
            longest=longest,
            placeholder=placeholder,
            focus=new and name == "name",
        )
        return b.field_input(name, label, element, optional=name not in ("name", "target"), hint=hint)

    frequencies = [b.option(t.label(frequency), frequency.value) for frequency in Frequency]
    segments = b.text_input("segments", initial="\n".join(kpi.segments), multiline=True, longest=1_000)
    return [
        short("name", t("Name"), t("Order fulfilment cycle"), longest=80),
        short("name_zh", t("Name in Chinese"), "订单履约周期", longest=80),
        short("formula", t("How is it worked out?"), t("Mean time from receipt to confirmation"), longest=500),
        short("source", t("Data source"), t("ERP order log")),
        b.field_input(
            "derived",
            t("From Gemba's own records?"),
            _derived(kpi, t),
            optional=True,
            hint=t("Gemba works out the values itself, for the process or departments below, or for all."),
        ),
        b.field_input(
            "frequency", t("How often is there a value?"), b.select("frequency", frequencies, initial=kpi.frequency)
        ),
        short(
            "target",
            t("Target"),
            t("≤3 days"),
            longest=60,
            hint=t("With its direction and unit: ≤3 days, at least 95 %, between 10 and 12 hours."),
        ),
        short(
            "warning",
            t("Warning line"),
            t("≤2.5 days"),
            longest=60,
            hint=t("Warns before the target is missed: on its good side, in the same unit."),
        ),
        *_rules(kpi, t, new=new),
        *_choices(facts, t),
        b.field_input(
            "owner",
            t("Owner"),
            b.one_person("owner", kpi.owner),
            optional=True,
            hint=t("Acts on alerts, and is the first to be reminded of them."),
        ),
        b.field_input(
            "data_owner",
            t("Data owner"),
            b.one_person("data_owner", kpi.data_owner),
            optional=True,
            hint=t("Brings the values, and is asked for missing ones."),
        ),
        b.field_input(
            "channel",
            t("Where are alerts posted?"),
            b.one_channel("channel", kpi.channel),
            optional=True,
            hint=t("If you leave it empty: in the process's channel."),
        ),
        b.field_input(
            "segments",
            t("Segments"),
            segments,
            optional=True,
            hint=t("One a line, such as East and West: each has values and alerts of its own."),
        ),
        b.field_input("signals", t("Tell when values change beyond chance?"), _signals(kpi, t)),
    ]


def _derived(kpi: Kpi, t: Language) -> b.Element:
    options = [b.option(t("No: people or programs bring the values"), NOT_DERIVED)]
    options += [b.option(t.label(figure), figure.value) for figure in Derived]
    return b.select("derived", options, initial=kpi.derived or NOT_DERIVED)


def _rules(kpi: Kpi, t: Language, *, new: bool) -> list[b.Block]:
    """In plain words, when an alert opens and when it is over."""
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
    bands = [(0, t("On target is enough")), *((band, t("{percent} % inside", percent=band)) for band in (2, 5, 10))]
    if int(kpi.band) not in dict(bands):
        bands.append((int(kpi.band), t("{percent} % inside", percent=kpi.band)))
    chosen = [str(RECOMMENDED)] * 3 if new else [str(kpi.periods), str(kpi.good_periods), str(int(kpi.band))]
    why = t(
        "Recommended: two for daily and weekly values, because a single one is often chance; the first for monthly "
        "and quarterly ones."
    )
    return [
        b.field_input(
            "periods",
            t("When is the channel told?"),
            b.select("periods", [*best, *_numbered(opens)], initial=chosen[0]),
            hint=why,
        ),
        b.field_input(
            "good_periods",
            t("When is it over?"),
            b.select("good_periods", [*best, *_numbered(ends)], initial=chosen[1]),
        ),
        b.field_input(
            "band",
            t("How far on target must they be?"),
            b.select("band", [*best, *(b.option(text, str(band)) for band, text in bands)], initial=chosen[2]),
            hint=t(
                "Recommended: 5 % of the target for daily and weekly values. So an alert does not close "
                "and open again all the time."
            ),
        ),
    ]


def _numbered(texts: Sequence[str]) -> list[dict[str, Any]]:
    return [b.option(text, str(number)) for number, text in enumerate(texts, 1)]


def _signals(kpi: Kpi, t: Language) -> b.Element:
    return b.select("signals", [b.option(t.label(rules), rules.value) for rules in Signals], initial=kpi.signals)


def _choices(facts: FormFacts, t: Language) -> list[b.Block]:
    blocks, kpi = [], facts.kpi
    if facts.processes:
        chosen = process_menu(facts.processes, kpi.process_id, t)
        blocks.append(b.field_input("process", t("Process"), chosen, optional=True))
    if facts.departments:
        options = [b.option(t.name(unit.name), str(unit.id)) for unit in facts.departments]
        several = b.multi_select("departments", options, [str(department) for department in kpi.departments])
        blocks.append(b.field_input("departments", t("Responsible departments"), several, optional=True))
    return blocks
