"""What is set for a person, a channel, a department, a process, the workspace."""

from datetime import time
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from domain.core.errors import Problem
from domain.core.wording import words
from domain.forms.base import LONGEST_TITLE, Form, Text, cleaned
from domain.forms.choices import Country, Days, OneOf, RecordId, Weekday, Zone
from domain.people.record import Notice, OverdueMode
from domain.processes.record import ProcessLevel

MOST_STEPS = 50
Name = Annotated[Text, Field(min_length=1, max_length=LONGEST_TITLE)]
OtherName = Annotated[Text, Field(max_length=LONGEST_TITLE)]
AtLeastOne = Annotated[Days, Field(ge=1)]


class PersonForm(Form):
    """`language`: `slack` is whatever Slack says."""

    language: Literal["slack", "en", "zh_CN"] = "slack"
    digest_time: time
    quiet_days: tuple[Weekday, ...] = ()
    deputy: OneOf = ""


class ChannelForm(Form):
    """`language`: `default` is the workspace's."""

    department: RecordId = None
    processes: tuple[int, ...] = ()
    notices: tuple[Notice, ...] = ()
    sync_day: Weekday
    sync_time: time
    timezone: Zone
    language: Literal["default", "en", "zh_CN", "both"] = "default"
    overdue: OverdueMode = OverdueMode.DAILY


class ChannelChoice(Form):
    channel: OneOf

    @field_validator("channel")
    @classmethod
    def _chosen(cls, value: str) -> str:
        if not value:
            raise Problem(words("Please choose a channel."))
        return value


class DepartmentForm(Form):
    name: Name
    name_zh: OtherName = ""
    head: OneOf = ""
    deputy: OneOf = ""
    channel: OneOf = ""
    members: tuple[str, ...] = ()


class ProcessForm(Form):
    """`steps`: the key steps in order, one a line, each as `English | 中文` where it has both names."""

    name: Name
    name_zh: OtherName = ""
    level: ProcessLevel = ProcessLevel.CORE
    department: RecordId = None
    version: Annotated[Text, Field(max_length=30)] = "V1.0"
    owner: OneOf = ""
    channel: OneOf = ""
    steps: tuple[tuple[str, str], ...] = ()

    @field_validator("steps", mode="before")
    @classmethod
    def _one_a_line(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        steps = [step for step in map(_step, value.splitlines()) if step[0]]
        if len(steps) > MOST_STEPS:
            raise Problem(words("At most {limit} steps, please. Put details into the handbook.", limit=MOST_STEPS))
        if any(len(name) > LONGEST_TITLE for step in steps for name in step):
            raise Problem(words("At most {limit} characters a step, please.", limit=LONGEST_TITLE))
        return tuple(steps)


class WorkspaceForm(Form):
    """Day counts are working days."""

    timezone: Zone
    language: Literal["en", "zh_CN", "both"]
    country: Country = ""
    triage_channel: OneOf = ""
    due_days_high: AtLeastOne
    due_days_medium: AtLeastOne
    due_days_low: AtLeastOne
    soon_days: Days
    escalate_days: AtLeastOne
    sponsor_days: AtLeastOne
    feedback_minimum: AtLeastOne

    @field_validator("sponsor_days")
    @classmethod
    def _after_the_head(cls, value: int, info: ValidationInfo) -> int:
        head = info.data.get("escalate_days", value)
        if value < head:
            raise Problem(words("The sponsor is told after the department head: at least {days}.", days=head))
        return value


class RolesForm(Form):
    leads: Annotated[tuple[str, ...], Field(max_length=50)] = ()
    triagers: Annotated[tuple[str, ...], Field(max_length=50)] = ()
    sponsor: OneOf = ""


def _step(line: str) -> tuple[str, str]:
    """`Receive order | 接收订单`; a line without a bar has one name."""
    name, chinese = (cleaned(part) for part in line.replace("｜", "|").partition("|")[::2])
    return (name, chinese) if name else (chinese, "")
