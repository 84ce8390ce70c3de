"""What is typed to file an issue, and to change one."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from domain.core import Severity, UserError, words
from domain.forms.asked import Asked, Menu
from domain.forms.base import Form, Longer, Number, Short, Text, Title, typed
from domain.issues.record import Attachment, Category, Dimension, IssueStatus
from domain.measures.targets import plain_unit
from domain.text.numbers import quantity

Amount = Annotated[Number, Field(ge=0, le=Decimal(1_000_000))]
WHAT_YOU_SEE = words("What you see, where and when, and what it leads to")
FROM_WHERE = words("Where do these figures come from?")
A_SOURCE = words("Order system, survey, a guess")
BY_SEVERITY = words("If you leave it empty: high {high}, medium {medium}, low {low} working days.")
NEW = "new"


def in_minutes(text: str) -> Decimal:
    """Minutes as typed; hours are taken as such (`1.5 h` → 90). Raises UserError for any other unit."""
    amount, unit = quantity(text)
    match plain_unit(unit):
        case "" | "minutes":
            return amount
        case "hours":
            return amount * 60
    raise UserError("Give minutes or hours, such as 20 or 1.5 h.")


class IssueForm(Form):
    """`same_as`: the id of an open issue that this one repeats, or `new`; None where nobody was asked yet."""

    same_as: Annotated[str | None, Asked(words("This is the same as"), optional=False)] = None
    title: Annotated[Title, Asked(words("Title"), placeholder=words("Stock list and orders do not match"))]
    process: Annotated[int | None, Asked(words("Process"))] = None
    what: Annotated[Longer, Asked(words("What happens?"), placeholder=WHAT_YOU_SEE, lines=True)] = ""
    category: Annotated[Category, Asked(words("Category"), menu=Menu.SELECT)] = Category.OTHER
    dimensions: Annotated[tuple[Dimension, ...], Asked(words("What does it touch?"))] = ()
    severity: Annotated[Severity, Asked(words("Severity"))] = Severity.MEDIUM
    times: Annotated[Amount | None, Asked(words("How many times a month?"))] = None
    minutes: Annotated[Annotated[Amount, typed(in_minutes)] | None, Asked(words("Minutes each time"))] = None
    people: Annotated[Amount | None, Asked(words("People each time"))] = None
    data_source: Annotated[Text, Field(max_length=300), Asked(FROM_WHERE, placeholder=A_SOURCE)] = ""
    files: Annotated[tuple[Attachment, ...], Asked(words("Photo or file"))] = ()
    owner: Annotated[str, Asked(words("Owner"), placeholder=words("The process owner"), menu=Menu.PERSON)] = ""
    due: Annotated[date | None, Asked(words("Due date"), hint=BY_SEVERITY)] = None


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
