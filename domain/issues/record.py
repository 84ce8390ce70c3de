"""A process issue: what goes wrong, where, how often, and who answers for it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from domain.commitments.ladder import EscalationLevel
from domain.core import NumberedRecord, Severity


class Category(StrEnum):
    """What kind of problem it is (问题分类)."""

    REDUNDANT_STEP = "redundant_step"
    UNCLEAR_RESPONSIBILITY = "unclear_responsibility"
    INFORMATION_GAP = "information_gap"
    LACK_OF_RESOURCES = "lack_of_resources"
    MISSING_TOOL = "missing_tool"
    OTHER = "other"


class Dimension(StrEnum):
    """What a problem touches (影响维度); one or more."""

    EFFICIENCY = "efficiency"
    COST = "cost"
    QUALITY = "quality"
    RISK = "risk"


class IssueStatus(StrEnum):
    OPEN = "open"
    ANALYSING = "analysing"
    PLANNED = "planned"
    IMPLEMENTING = "implementing"
    VERIFYING = "verifying"
    CLOSED = "closed"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"


FINISHED = (IssueStatus.CLOSED, IssueStatus.REJECTED, IssueStatus.DUPLICATE)
UNFINISHED = tuple(status for status in IssueStatus if status not in FINISHED)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or file that stands in Slack."""

    id: str
    name: str = ""
    mimetype: str = ""
    permalink: str = ""

    @property
    def is_picture(self) -> bool:
        """One of the kinds that Slack shows in an image block."""
        return self.mimetype in ("image/png", "image/jpeg", "image/gif")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue(NumberedRecord):
    """A process issue (T6). `due` is a local date: the whole day counts."""

    letter = "I"
    title: str
    process_id: int | None = None
    what: str = ""
    category: Category = Category.OTHER
    dimensions: tuple[Dimension, ...] = ()
    severity: Severity = Severity.MEDIUM
    times: Decimal | None = None  # a month
    minutes: Decimal | None = None  # each time
    people: Decimal | None = None  # each time
    data_source: str = ""
    files: tuple[Attachment, ...] = ()
    owner: str = ""
    due: date | None = None
    status: IssueStatus = IssueStatus.OPEN
    reporter: str = ""  # empty for one made from an anonymous suggestion
    also: tuple[str, ...] = ()  # who said 'this is the same'
    channel: str = ""  # where its card stands
    permalink: str = ""  # of the message it was made from
    source_channel: str = ""
    source_ts: str = ""
    suggestion_id: int | None = None
    reason: str = ""
    snoozed_until: date | None = None
    escalated: tuple[EscalationLevel, ...] = ()  # who was told that it is overdue; a new due date begins anew
    filed_at: datetime
    finished_at: datetime | None = None

    @property
    def finished(self) -> bool:
        return self.status in FINISHED

    @property
    def hours_a_month(self) -> Decimal | None:
        return hours_a_month(self.times, self.minutes, self.people)


def hours_a_month(times: Decimal | None, minutes: Decimal | None, people: Decimal | None) -> Decimal | None:
    """Hours lost a month: times a month × minutes each × people ÷ 60, to a tenth. People count as one if left out."""
    if times is None or minutes is None:
        return None
    return (times * minutes * (1 if people is None else people) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)
