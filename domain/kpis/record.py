"""KPIs (T3), their values, and the alerts that values beyond their target open."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from domain.core import Bilingual, Record


class Frequency(StrEnum):
    """How often a KPI has a new value (监控频率)."""

    REAL_TIME = "real_time"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class KpiState(StrEnum):
    """How a series of values stands, from what needs nobody to what needs somebody most.

    `domain.kpis.alerts.machine` says how one follows from another.
    """

    NO_DATA = "no_data"
    OK = "ok"
    STALE = "stale"
    PENDING = "pending"
    RECOVERING = "recovering"
    WARNED = "warned"
    BREACHED = "breached"

    @property
    def need(self) -> int:
        return list(KpiState).index(self)


class AlertSeverity(StrEnum):
    """Beyond the warning line, or beyond the target."""

    WARNING = "warning"
    BREACH = "breach"


class AlertClosing(StrEnum):
    """Why an alert is over."""

    RECOVERED = "recovered"
    CORRECTED = "corrected"
    DISMISSED = "dismissed"
    ARCHIVED = "archived"


class AlertStory(StrEnum):
    """What a value did to an alert, told in its thread: a reply each."""

    WORSE = "worse"
    RECOVERED = "recovered"
    CORRECTED = "corrected"
    AGAIN = "again"


class Signals(StrEnum):
    """Which rules say that a KPI's values have changed (domain/kpis/charts/xmr.py)."""

    DEFAULT = "default"
    NHS = "nhs"
    OFF = "off"


class Derived(StrEnum):
    """Figures that Gemba works out from its own records; `domain.kpis.sources.derived` defines them."""

    ISSUE_CYCLE_TIME = "issue_cycle_time"
    OVERDUE_RATE = "overdue_rate"
    CLOSED_IN_TIME = "closed_in_time"
    REOPEN_RATE = "reopen_rate"
    PILOT_SATISFACTION = "pilot_satisfaction"
    RESPONSE_TIME = "response_time"


class AlertLevel(StrEnum):
    """Who is asked, one after the other, while nobody takes on an alert."""

    OWNER = "owner"
    PROCESS_OWNER = "process_owner"
    HEAD = "head"
    SPONSOR = "sponsor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi(Record):
    """A figure that is watched. `target` as people write it (`≤3 days`); direction and unit follow from it.

    What `target` to `band` say holds for new values; old ones are judged by their `KpiVersion`.
    """

    key: str = ""  # names it in files and over HTTP; given once, from the name
    name: Bilingual
    formula: str = ""
    source: str = ""
    derived: Derived | None = None  # worked out from our own records; nobody brings it
    frequency: Frequency = Frequency.WEEKLY
    target: str
    warning: str = ""  # a line before the target, written like one
    periods: int = 1  # values in a row beyond a line before an alert opens
    good_periods: int = 1  # values in a row inside the target before it closes
    band: Decimal = Decimal(0)  # percent of the target that they must be inside by
    process_id: int | None = None
    departments: tuple[int, ...] = ()
    channel: str = ""
    owner: str = ""  # acts on alerts; the first to be told when nobody does
    data_owner: str = ""  # brings the values, and is asked for missing ones
    segments: tuple[str, ...] = ()  # none: one series, named ""
    signals: Signals = Signals.DEFAULT
    archived_at: datetime | None = None

    @property
    def series(self) -> tuple[str, ...]:
        return self.segments or ("",)


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiVersion(Record):
    """By what the values from the period `since` on are judged; of two for the same period, the later written."""

    kpi_id: int
    since: date
    target: str
    warning: str = ""
    periods: int = 1
    good_periods: int = 1
    band: Decimal = Decimal(0)
    by: str = ""
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiSeries(Record):
    """How the values of a KPI, or of one of its segments, stand.

    One without values has no row before its first is late. `late`: the newest period whose value did not come in time.
    """

    kpi_id: int
    segment: str = ""
    state: KpiState = KpiState.NO_DATA
    late: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiReading(Record):
    """A KPI's value for the period that ends on `period`. Anything may write one; `judged_at` is ours.

    `via` says what brought it: `slack`, `push:SOURCE`, `file:NAME`, `sql:NAME`, `derived`, `program`.
    """

    kpi_id: int
    segment: str = ""
    period: date
    value: Decimal
    by: str = ""
    via: str = "program"
    recorded_at: datetime | None = None
    judged_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiRevision(Record):
    """A value that stood in a reading once, the present one included."""

    kpi_id: int
    segment: str = ""
    period: date
    value: Decimal
    by: str = ""
    via: str = ""
    at: datetime


NEVER_POSTED = "untold"
"""In place of a card: it was over before anybody could know of it, for only a new target makes it one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiAlert(Record):
    """One time off target, from the value that opened it to the value that closed it. One open at most a series.

    While it is acknowledged or snoozed nobody is chased. `card` is the outbox key of the message that shows it,
    empty until it is told, `NEVER_POSTED` where it never will be.
    """

    kpi_id: int
    segment: str = ""
    severity: AlertSeverity = AlertSeverity.BREACH
    opened_by: int  # the reading
    opened_at: datetime
    card: str = ""
    unattended_since: datetime | None = None  # since when nobody answers for it; where empty, since it was opened
    escalated: tuple[str, ...] = ()  # who has been told since then
    acknowledged_by: str = ""  # who answers for it now
    acknowledged_at: datetime | None = None  # for the first time
    acknowledged_until: date | None = None
    next_step: str = ""
    snoozed_by: str = ""
    snoozed_until: date | None = None  # the first day on which it speaks again
    snoozed_next: date | None = None  # silent until there is a value for a later period than this
    worsened_by: int | None = None  # the reading with which a warning became a breach
    reopened: int | None = None  # the reading with which it had been over, before a value came late or was corrected
    closed_by: int | None = None  # the reading; none where a person closed it
    closed_at: datetime | None = None
    closing: AlertClosing | None = None
    reason: str = ""  # in the words of who closed it

    @property
    def is_posted(self) -> bool:
        return self.card not in ("", NEVER_POSTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiShift(Record):
    """A time in which a series was not as usual, from the first value of the pattern to the last that belongs to it.

    `card` is the outbox key of the message that tells it, empty until then. `gone`: it was nothing, by today's values.
    """

    kpi_id: int
    segment: str = ""
    since: date
    last: date
    card: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiBaseline(Record):
    """From the period `since` on a chart's limits are worked out anew, for a reason that a person gave."""

    kpi_id: int
    segment: str = ""
    since: date
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiSource(Record):
    """A program that may push values. Its token is shown once; only the token's sha256 is kept."""

    name: str
    token_hash: str
    kpis: tuple[int, ...] = ()  # none: all of them
    created_by: str = ""
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
