"""The forms that define and change a KPI, and what is said about it then."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.enumerations import Derived, Frequency, Signals
from domain.forms.kpis import NOT_DERIVED, RECOMMENDED, Holds
from domain.records.kpis import Kpi
from domain.records.people import Department
from domain.records.processes import Process
from domain.use_cases.kpi_definitions import Preview
from views import blocks as b
from views.language import Language
from views.markup import bold, code, lines, said
from views.measures import goal


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What can be chosen, and what stands in the form: an existing KPI, or what a new one starts with."""

    kpi: Kpi
    processes: Sequence[Process] = field(default=())
    departments: Sequence[Department] = field(default=())


def add_form(facts: FormFacts, t: Language) -> dict[str, Any]:
    """A row of T3. Only the name and the target must be filled in."""
    return b.modal("kpi.add", t("Add a KPI"), _fields(facts, t, new=True), submit=t("Add"), close=t("Cancel"))


def edit_form(facts: FormFacts, t: Language, metadata: str) -> dict[str, Any]:
    """The same, and from when on a changed target holds."""
    holds = [
        b.option(t("From the next period on"), Holds.NEXT.value),
        b.option(t("From a day on"), Holds.DAY.value),
        b.option(t("For all values, old ones too"), Holds.ALL.value),
    ]
    blocks = [
        *_fields(facts, t, new=False),
        b.field_input("holds", t("If the target or its rules change: from when?"),
                      b.radio("holds", holds, initial=Holds.NEXT),
                      hint=t("Older values keep the target of their time. Before any is judged anew you see what "
                             "that changes.")),
        b.field_input("since", t("From which day?"), b.date_picker("since"), optional=True,
                      hint=t("Only for “From a day on”.")),
        b.field_input("reason", t("Why does it change?"), b.text_input("reason", longest=300), optional=True),
    ]  # fmt: skip
    return b.modal("kpi.edit", t("Change the KPI"), blocks, submit=t("Save"), close=t("Cancel"), metadata=metadata)


def confirm_form(kpi: Kpi, before: str, after: str, of: Preview, t: Language, metadata: str) -> dict[str, Any]:
    """What a target for old values would change, before it does."""
    name = bold(t.name(kpi.name, kpi.name_zh))
    alerts = t.markup("Open alerts: {before} → {after}.", before=of.open_before, after=of.open_after)
    return b.modal(
        "kpi.rejudge",
        t("Judge values anew?"),
        [
            b.section(t.markup("{kpi}: target {before} → {after}.", kpi=name, before=goal(before, t),
                               after=goal(after, t))),
            b.section(lines(
                t.markup("Values that are judged anew: {count}.", count=of.values),
                t.markup("Off target among them: {before} → {after}.", before=of.off_before, after=of.off_after),
                alerts,
            )),
            b.context(t.markup("Nothing has been saved yet.")),
        ],
        submit=t("Save"),
        close=t("Cancel"),
        metadata=metadata,
    )  # fmt: skip


def archive_form(kpi: Kpi, alerts: int, t: Language, metadata: str) -> dict[str, Any]:
    """Asked before a KPI is watched no more."""
    name = bold(t.name(kpi.name, kpi.name_zh))
    what = t.markup("Archive {kpi}? Nobody is asked for its values any more, and it opens no alerts.", kpi=name)
    more = (
        said(t.plural("{count} open alert is closed.", "{count} open alerts are closed.", alerts)) if alerts else None
    )
    undo = t.markup("Its values stay. {command} brings it back.", command=code(f"/gemba kpi unarchive {kpi.name}"))
    return b.modal("kpi.archive", t("Archive the KPI"), [b.section(lines(what, more, undo))], submit=t("Archive"),
                   close=t("Cancel"), metadata=metadata)  # fmt: skip


def added(kpi: Kpi, t: Language) -> b.Rendered:
    name = t.name(kpi.name, kpi.name_zh)
    text = lines(
        t.markup("{kpi} is watched now: target {target}, {frequency}.", kpi=bold(name), target=goal(kpi.target, t),
                 frequency=kpi.frequency),
        t.markup("Give its first value with {command}.", command=code(f"/gemba kpi record {name} …")),
        t.markup("Programs know it as {key}.", key=code(kpi.key)),
    )  # fmt: skip
    return b.Rendered(text, [b.section(text)])


def changed(kpi: Kpi, t: Language) -> b.Rendered:
    text = t.markup("{kpi} is saved: target {target}, {frequency}.", kpi=bold(t.name(kpi.name, kpi.name_zh)),
                    target=goal(kpi.target, t), frequency=kpi.frequency)  # fmt: skip
    return b.Rendered(text, [b.section(text)])


def archived(kpi: Kpi, t: Language) -> b.Rendered:
    """Said to who archived it, with the way back; or to who took it back."""
    name = bold(t.name(kpi.name, kpi.name_zh))
    if kpi.archived_at is None:
        text = t.markup("{kpi} is watched again.", kpi=name)
        return b.Rendered(text, [b.section(text)])
    text = t.markup("{kpi} is archived. Its values stay.", kpi=name)
    undo = b.button(t("Undo"), "kpi.unarchive", str(kpi.id),
                    label=t("Watch {kpi} again", kpi=t.name(kpi.name, kpi.name_zh)))  # fmt: skip
    return b.Rendered(text, [b.section(text, undo)])


def _fields(facts: FormFacts, t: Language, *, new: bool) -> list[b.Block]:
    kpi = facts.kpi

    def short(name: str, label: str, placeholder: str = "", *, longest: int = 300, hint: str = "") -> b.Block:
        element = b.text_input(name, initial=str(getattr(kpi, name)), longest=longest, placeholder=placeholder,
                               focus=new and name == "name")  # fmt: skip
        return b.field_input(name, label, element, optional=name not in ("name", "target"), hint=hint)

    frequencies = [b.option(t.label(frequency), frequency.value) for frequency in Frequency]
    segments = b.text_input("segments", initial="\n".join(kpi.segments), multiline=True, longest=1_000)
    return [
        short("name", t("Name"), t("Order fulfilment cycle"), longest=80),
        short("name_zh", t("Name in Chinese"), "订单履约周期", longest=80),
        short("formula", t("How is it worked out?"), t("Mean time from receipt to confirmation"), longest=500),
        short("source", t("Data source"), t("ERP order log")),
        b.field_input("derived", t("From Gemba's own records?"), _derived(kpi, t), optional=True,
                      hint=t("Gemba works out the values itself, for the process or departments below, or for all.")),
        b.field_input("frequency", t("How often is there a value?"),
                      b.select("frequency", frequencies, initial=kpi.frequency)),
        short("target", t("Target"), t("≤3 days"), longest=60,
              hint=t("With its direction and unit: ≤3 days, at least 95 %, between 10 and 12 hours.")),
        short("warning", t("Warning line"), t("≤2.5 days"), longest=60,
              hint=t("Warns before the target is missed: on its good side, in the same unit.")),
        *_rules(kpi, t, new=new),
        *_choices(facts, t),
        b.field_input("owner", t("Owner"), b.one_person("owner", kpi.owner), optional=True,
                      hint=t("Acts on alerts, and is the first to be reminded of them.")),
        b.field_input("data_owner", t("Data owner"), b.one_person("data_owner", kpi.data_owner), optional=True,
                      hint=t("Brings the values, and is asked for missing ones.")),
        b.field_input("channel", t("Where are alerts posted?"), b.one_channel("channel", kpi.channel),
                      optional=True, hint=t("If you leave it empty: in the process's channel.")),
        b.field_input("segments", t("Segments"), segments, optional=True,
                      hint=t("One a line, such as East and West: each has values and alerts of its own.")),
        b.field_input("signals", t("Tell when values change beyond chance?"), _signals(kpi, t)),
    ]  # fmt: skip


def _derived(kpi: Kpi, t: Language) -> b.Element:
    options = [b.option(t("No: people or programs bring the values"), NOT_DERIVED)]
    options += [b.option(t.label(figure), figure.value) for figure in Derived]
    return b.select("derived", options, initial=kpi.derived or NOT_DERIVED)


def _rules(kpi: Kpi, t: Language, *, new: bool) -> list[b.Block]:
    """In plain words, when an alert opens and when it is over."""
    best = [b.option(t("As recommended for the frequency"), str(RECOMMENDED))]
    opens = [t("At the first value beyond the target"), t("When two values in a row are beyond it"),
             t("When three values in a row are beyond it")]  # fmt: skip
    ends = [t("With the first value on target"), t("After two values in a row on target"),
            t("After three values in a row on target")]  # fmt: skip
    bands = [(0, t("On target is enough")), *((band, t("{percent} % inside", percent=band)) for band in (2, 5, 10))]
    if int(kpi.band) not in dict(bands):
        bands.append((int(kpi.band), t("{percent} % inside", percent=kpi.band)))
    chosen = [str(RECOMMENDED)] * 3 if new else [str(kpi.periods), str(kpi.good_periods), str(int(kpi.band))]
    why = t("Recommended: two for daily and weekly values, because a single one is often chance; the first for monthly "
            "and quarterly ones.")  # fmt: skip
    return [
        b.field_input("periods", t("When is the channel told?"),
                      b.select("periods", [*best, *_numbered(opens)], initial=chosen[0]), hint=why),
        b.field_input("good_periods", t("When is it over?"),
                      b.select("good_periods", [*best, *_numbered(ends)], initial=chosen[1])),
        b.field_input("band", t("How far on target must they be?"),
                      b.select("band", [*best, *(b.option(text, str(band)) for band, text in bands)],
                               initial=chosen[2]),
                      hint=t("Recommended: 5 % of the target for daily and weekly values. So an alert does not close "
                             "and open again all the time.")),
    ]  # fmt: skip


def _numbered(texts: Sequence[str]) -> list[dict[str, Any]]:
    return [b.option(text, str(number)) for number, text in enumerate(texts, 1)]


def _signals(kpi: Kpi, t: Language) -> b.Element:
    return b.select("signals", [b.option(t.label(rules), rules.value) for rules in Signals], initial=kpi.signals)


def _choices(facts: FormFacts, t: Language) -> list[b.Block]:
    blocks, kpi = [], facts.kpi
    if facts.processes:
        options = [b.option(t.name(process.name, process.name_zh), str(process.id)) for process in facts.processes]
        chosen = b.select("process", options, initial=str(kpi.process_id or ""))
        blocks.append(b.field_input("process", t("Process"), chosen, optional=True))
    if facts.departments:
        options = [b.option(t.name(unit.name, unit.name_zh), str(unit.id)) for unit in facts.departments]
        several = b.multi_select("departments", options, [str(department) for department in kpi.departments])
        blocks.append(b.field_input("departments", t("Responsible departments"), several, optional=True))
    return blocks
