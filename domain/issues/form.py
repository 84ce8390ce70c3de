"""What is typed to file an issue, and to change one."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from domain.core.errors import Problem
from domain.core.severity import Severity
from domain.core.wording import words
from domain.forms.asked import Asked, Menu
from domain.forms.base import Form, Longer, Number, Short, Text, Title, typed
from domain.issues.record import Attachment, Category, Dimension, IssueStatus
from domain.measures.targets import plain_unit
from domain.text.numbers import quantity

Amount = Annotated[Number, Field(ge=0, le=Decimal(1_000_000))]
NEW = "new"


def in_minutes(text: str) -> Decimal:
    """Minutes as typed; hours are taken as such (`1.5 h` → 90). Raises Problem for any other unit."""
    amount, unit = quantity(text)
    match plain_unit(unit):
        case "" | "minutes":
            return amount
        case "hours":
            return amount * 60
    raise Problem("Give minutes or hours, such as 20 or 1.5 h.")


class IssueForm(Form):
    """`same_as`: the id of an open issue that this one repeats, or `new`; None where nobody was asked yet."""

    title: Title
    process: int | None = None
    what: Longer = ""
    category: Category = Category.OTHER
    dimensions: tuple[Dimension, ...] = ()
    severity: Severity = Severity.MEDIUM
    times: Amount | None = None
    minutes: Annotated[Amount, typed(in_minutes)] | None = None
    people: Amount | None = None
    data_source: Annotated[Text, Field(max_length=300)] = ""
    files: tuple[Attachment, ...] = ()
    owner: str = ""
    due: date | None = None
    same_as: str | None = None


class Source(Form):
    """Where an issue comes from: the channel it was typed in, or the message it was made from."""

    channel: str = ""
    message_channel: str = ""
    message_ts: str = ""
    permalink: str = ""
    suggestion: int | None = None


class Reason(Form):
    reason: Annotated[Short, Asked(words("Why?"), hint=words("Who filed it can read this."), lines=True)]


class HandOver(Form):
    owner: Annotated[
        str, Asked(words("New owner"), hint=words("The new owner gets a message about it."), menu=Menu.PERSON)
    ]


class NewStatus(Form):
    status: Annotated[IssueStatus, Asked(words("Status"))]
