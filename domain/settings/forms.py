"""What is set for a person, a channel, a department, a process, the workspace."""

from datetime import time
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from domain.core import UserError, Words, words
from domain.forms.asked import Asked, Menu
from domain.forms.base import LONGEST_TITLE, Form, Text, Title, cleaned, typed
from domain.forms.choices import Country, Days, OneOf, RecordId, Weekday, Zone
from domain.people.record import Notice, OverdueMode
from domain.processes.record import ProcessLevel

MOST_STEPS = 50
OtherName = Annotated[Text, Field(max_length=LONGEST_TITLE), Asked(words("Name in Chinese"))]
AtLeastOne = Annotated[Days, Field(ge=1)]
WHAT_IS_DUE = words("What you owe, once a day, only if something is due. In your time zone: {zone}.")
INVITE_ME = words("In a private channel, invite me first with /invite.")
STANDS_IN = words("May change what you own, and gets your reminders while every day is quiet for you.")
HEAD_IS_TOLD = words("Is told when work of the department has been overdue for too long.")
OWNS_NEW_ISSUES = words("Owns new issues of the process unless somebody else is named.")
WORKING_DAYS = words("Working days leave them out, and count make-up days. Due dates are in working days.")
LEADS_MAY = words("They may change all issues, tasks, channels, departments and processes.")
TRIAGERS_MAY = words("They decide on suggestions, and see who made a confidential one.")


def _person(label: Words, hint: Words | None = None) -> Asked:
    return Asked(label, hint=hint, placeholder=words("Nobody"), menu=Menu.ONE_PERSON)


def _channel(label: Words, hint: Words | None = None, placeholder: Words | None = None) -> Asked:
    return Asked(label, hint=hint, placeholder=placeholder or words("None"), menu=Menu.ONE_CHANNEL)


def _steps(text: str) -> tuple[tuple[str, str], ...]:
    steps = [step for step in map(_step, text.splitlines()) if step[0]]
    if len(steps) > MOST_STEPS:
        raise UserError("At most {limit} steps, please. Put details into the handbook.", limit=MOST_STEPS)
    if any(len(name) > LONGEST_TITLE for step in steps for name in step):
        raise UserError("At most {limit} characters a step, please.", limit=LONGEST_TITLE)
    return tuple(steps)


def _step(line: str) -> tuple[str, str]:
    """`Receive order | 接收订单`; a line without a bar has one name."""
    name, chinese = (cleaned(part) for part in line.replace("｜", "|").partition("|")[::2])
    return (name, chinese) if name else (chinese, "")


class PersonForm(Form):
    """`language`: `slack` is whatever Slack says."""

    language: Annotated[Literal["slack", "en", "zh_CN"], Asked(words("Language"), menu=Menu.SELECT)] = "slack"
    digest_time: Annotated[time, Asked(words("When shall the daily digest come?"), hint=WHAT_IS_DUE)]
    quiet_days: Annotated[
        tuple[Weekday, ...], Asked(words("Quiet days"), hint=words("No reminders on these days."))
    ] = ()
    deputy: Annotated[OneOf, _person(words("Deputy"), STANDS_IN)] = ""


class ChannelForm(Form):
    """`language`: `default` is the workspace's."""

    department: Annotated[RecordId, Asked(words("Department or team"), optional=False)] = None
    processes: Annotated[
        tuple[int, ...],
        Asked(
            words("Processes"),
            hint=words("Issues of these processes are announced here."),
            placeholder=words("Choose processes"),
            menu=Menu.SEVERAL,
        ),
    ] = ()
    notices: Annotated[tuple[Notice, ...], Asked(words("What shall it hear?"))] = ()
    sync_day: Annotated[Weekday, Asked(words("Day of the weekly sync"), menu=Menu.SELECT)]
    sync_time: Annotated[
        time,
        Asked(words("Time of the weekly sync"), hint=words("The day before, people are asked what they have to add.")),
    ]
    timezone: Annotated[Zone, Asked(words("Time zone"))]
    language: Annotated[
        Literal["default", "en", "zh_CN", "both"], Asked(words("Language of the messages"), menu=Menu.SELECT)
    ] = "default"
    overdue: Annotated[OverdueMode, Asked(words("List of overdue work"))] = OverdueMode.DAILY


class ChannelChoice(Form):
    channel: Annotated[OneOf, _channel(words("Channel"), INVITE_ME, words("Choose a channel"))]

    @field_validator("channel")
    @classmethod
    def _chosen(cls, value: str) -> str:
        if not value:
            raise UserError("Please choose a channel.")
        return value


class DepartmentForm(Form):
    name: Annotated[Title, Asked(words("Name"), placeholder=words("Sales department"))]
    name_zh: OtherName = ""
    head: Annotated[OneOf, _person(words("Head"), HEAD_IS_TOLD)] = ""
    deputy: Annotated[OneOf, _person(words("Deputy"))] = ""
    channel: Annotated[OneOf, _channel(words("Channel"))] = ""
    members: Annotated[tuple[str, ...], Asked(words("Members"), menu=Menu.PEOPLE)] = ()


class ProcessForm(Form):
    """`steps`: the key steps in order, one a line, each as `English | 中文` where it has both names."""

    name: Annotated[Title, Asked(words("Name"), placeholder=words("Order fulfilment"))]
    name_zh: OtherName = ""
    level: Annotated[ProcessLevel, Asked(words("Level"))] = ProcessLevel.CORE
    department: Annotated[RecordId, Asked(words("Department"), optional=False)] = None
    version: Annotated[Text, Field(max_length=30), Asked(words("Version"), optional=True)] = "V1.0"
    owner: Annotated[OneOf, _person(words("Process owner"), OWNS_NEW_ISSUES)] = ""
    channel: Annotated[OneOf, _channel(words("Channel"), words("Issues of the process are announced there."))] = ""
    steps: Annotated[
        tuple[tuple[str, str], ...],
        typed(_steps),
        Asked(
            words("Key steps in order, one a line"),
            hint=words("If a step has a Chinese name too, put it behind a bar: |"),
            placeholder=words("Receive order"),
            lines=True,
        ),
    ] = ()


class WorkspaceForm(Form):
    """Day counts are working days."""

    timezone: Annotated[Zone, Asked(words("Time zone"))]
    language: Annotated[
        Literal["en", "zh_CN", "both"], Asked(words("Language where nothing else is set"), menu=Menu.SELECT)
    ]
    country: Annotated[Country, Asked(words("Public holidays of"), hint=WORKING_DAYS, optional=False)] = ""
    triage_channel: Annotated[
        OneOf,
        _channel(
            words("Channel for suggestions"),
            words("Suggestions land here. Take a private channel of those who decide on them."),
            words("None yet"),
        ),
    ] = ""
    due_days_high: Annotated[AtLeastOne, Asked(words("Days to solve an issue of high severity"))]
    due_days_medium: Annotated[AtLeastOne, Asked(words("Days to solve one of medium severity"))]
    due_days_low: Annotated[AtLeastOne, Asked(words("Days to solve one of low severity"))]
    soon_days: Annotated[Days, Asked(words("Remind how many days before the due date?"))]
    escalate_days: Annotated[AtLeastOne, Asked(words("Tell the department head after how many days overdue?"))]
    sponsor_days: Annotated[AtLeastOne, Asked(words("Tell the sponsor after how many days overdue?"))]
    feedback_minimum: Annotated[AtLeastOne, Asked(words("Fewest answers to judge a pilot by"))]

    @field_validator("sponsor_days")
    @classmethod
    def _after_the_head(cls, value: int, info: ValidationInfo) -> int:
        head = info.data.get("escalate_days", value)
        if value < head:
            raise UserError("The sponsor is told after the department head: at least {days}.", days=head)
        return value


class RolesForm(Form):
    leads: Annotated[
        tuple[str, ...], Field(max_length=50), Asked(words("Improvement leads"), hint=LEADS_MAY, menu=Menu.PEOPLE)
    ] = ()
    triagers: Annotated[
        tuple[str, ...], Field(max_length=50), Asked(words("Triagers"), hint=TRIAGERS_MAY, menu=Menu.PEOPLE)
    ] = ()
    sponsor: Annotated[OneOf, _person(words("Sponsor"), words("Is told last, of work that stays overdue."))] = ""
