"""The forms around KPIs, and what is answered when one is typed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.enumerations import Frequency
from domain.records.kpis import Kpi, KpiReading
from domain.records.people import Department
from domain.records.processes import Process
from domain.rules.targets import target
from domain.use_cases.kpis import KpiFacts
from views import blocks as b
from views.kpis import for_period, with_unit
from views.language import Language
from views.markup import Mrkdwn, bold, code, lines
from views.measures import goal


def enter_form(facts: KpiFacts, day: date, t: Language, metadata: str) -> dict[str, Any]:
    """One value for the period that `day` lies in."""
    kpi, latest = facts.kpi, facts.latest
    about = t.markup("{kpi}: target {target}", kpi=bold(t.name(kpi.name, kpi.name_zh)), target=goal(kpi.target, t))
    example = with_unit(latest.value if latest else target(kpi.target).value, kpi, t)
    whole = kpi.frequency in (Frequency.REAL_TIME, Frequency.DAILY)
    return b.modal(
        "kpi.enter",
        t("Enter a value"),
        [
            b.section(lines(about, _last(facts, t))),
            b.field_input("value", t("Value"), b.text_input("value", longest=60, focus=True),
                          hint=t("Such as {example}.", example=example)),
            b.field_input("day", t("Day"), b.date_picker("day", day.isoformat()),
                          hint="" if whole else t("Any day of the period that the value is for.")),
        ],
        submit=t("Save"),
        close=t("Cancel"),
        metadata=metadata,
    )  # fmt: skip


def add_form(
    t: Language, processes: Sequence[Process], departments: Sequence[Department], *, owner: str, channel: str
) -> dict[str, Any]:
    """A row of T3. Only the name and the target must be filled in."""

    def short(name: str, label: str, placeholder: str, *, longest: int = 300) -> b.Block:
        element = b.text_input(name, longest=longest, placeholder=placeholder, focus=name == "name")
        return b.field_input(name, label, element, optional=name not in ("name", "target"))

    frequencies = [b.option(t.label(frequency), frequency.value) for frequency in Frequency]
    return b.modal(
        "kpi.add",
        t("Add a KPI"),
        [
            short("name", t("Name"), t("Order fulfilment cycle"), longest=80),
            short("name_zh", t("Name in Chinese"), "订单履约周期", longest=80),
            short("formula", t("How is it worked out?"), t("Mean time from receipt to confirmation"), longest=500),
            short("source", t("Data source"), t("ERP order log")),
            b.field_input("frequency", t("How often is there a value?"),
                          b.select("frequency", frequencies, initial=Frequency.WEEKLY)),
            {**short("target", t("Target"), t("≤3 days"), longest=60),
             "hint": b.plain(t("With its direction and unit: ≤3 days, at least 95 %, below 2 %."))},
            *_choices(t, processes, departments),
            b.field_input("channel", t("Where are alerts posted?"), b.channel_select("channel", channel),
                          optional=True, hint=t("If you leave it empty: in the process's channel.")),
            b.field_input("owner", t("Data owner"), b.person_select("owner", owner), optional=True,
                          hint=t("Brings the values, and is asked for missing ones.")),
        ],
        submit=t("Add"),
        close=t("Cancel"),
    )  # fmt: skip


def added(kpi: Kpi, t: Language) -> b.Rendered:
    name = t.name(kpi.name, kpi.name_zh)
    text = lines(
        t.markup("{kpi} is watched now: target {target}, {frequency}.", kpi=bold(name), target=goal(kpi.target, t),
                 frequency=kpi.frequency),
        t.markup("Give its first value with {command}.", command=code(f"/gemba kpi record {name} …")),
    )  # fmt: skip
    return b.Rendered(text, [b.section(text)])


def recorded(kpi: Kpi, reading: KpiReading, before: KpiReading | None, t: Language) -> b.Rendered:
    """How the value was read, and what it means."""
    facts = {
        "kpi": bold(t.name(kpi.name, kpi.name_zh)),
        "value": with_unit(reading.value, kpi, t),
        "day": for_period(kpi, reading.period, t),
        "target": goal(kpi.target, t),
    }
    if target(kpi.target).reached_by(reading.value):
        said_ = t.markup("✅ {kpi}: {value} for {day}, on target {target}", **facts)
    else:
        said_ = t.markup("🚨 {kpi}: {value} for {day}, off target {target}", **facts)
    was = with_unit(before.value, kpi, t) if before else ""
    text = lines(said_, t.markup("Corrected: it was {value} before.", value=was) if was else None)
    return b.Rendered(text, [b.section(text)])


def which_kpi(typed: str, names: Sequence[str], command: str, rest: str, t: Language) -> b.Rendered:
    """The names that may be meant, each with what was typed behind it."""
    sentence = t.markup("There is no KPI {typed}. Did you mean one of these?", typed=bold(typed))
    buttons = [
        b.button(f"{name} {rest}".strip(), f"command.run:{at}", f"gemba kpi {command} {name} {rest}".strip())
        for at, name in enumerate(names)
    ]
    return b.Rendered(sentence, [b.section(sentence), *([b.actions(*buttons)] if buttons else [])])


def which_day(kpi: Kpi, value: str, days: Sequence[date], t: Language) -> b.Rendered:
    """A date that can be read in two ways is asked about."""
    name = t.name(kpi.name, kpi.name_zh)
    sentence = t.markup("Which day do you mean for {kpi}, {value}?", kpi=bold(name), value=value)
    buttons = [
        b.button(f"{t.day(day)} ({t.format(day)})", f"command.run:{day}", f"gemba kpi record {kpi.name} {value} {day}",
                 label=t("Record it for {day}", day=day))
        for day in days
    ]  # fmt: skip
    return b.Rendered(sentence, [b.section(sentence), b.actions(*buttons)])


def _last(facts: KpiFacts, t: Language) -> Mrkdwn | None:
    kpi, latest = facts.kpi, facts.latest
    if latest is None:
        return None
    return t.markup("Last value: {value} for {day}", value=with_unit(latest.value, kpi, t),
                    day=for_period(kpi, latest.period, t))  # fmt: skip


def _choices(t: Language, processes: Sequence[Process], departments: Sequence[Department]) -> list[b.Block]:
    blocks = []
    if processes:
        options = [b.option(t.name(process.name, process.name_zh), str(process.id)) for process in processes]
        blocks.append(b.field_input("process", t("Process"), b.select("process", options), optional=True))
    if departments:
        options = [b.option(t.name(unit.name, unit.name_zh), str(unit.id)) for unit in departments]
        chosen = b.multi_select("departments", options)
        blocks.append(b.field_input("departments", t("Responsible departments"), chosen, optional=True))
    return blocks
