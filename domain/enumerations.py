"""The fixed words of the field. Their wording in each language is in `views.labels`."""

from enum import StrEnum


class Frequency(StrEnum):
    """How often a KPI has a new value (监控频率)."""

    REAL_TIME = "real_time"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class KpiState(StrEnum):
    """How a series of values stands; `domain.rules.kpi_machine` says how one follows from another."""

    NO_DATA = "no_data"
    OK = "ok"
    PENDING = "pending"
    WARNED = "warned"
    BREACHED = "breached"
    RECOVERING = "recovering"
    STALE = "stale"


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
    """Which rules say that a KPI's values have changed (domain/rules/xmr.py)."""

    DEFAULT = "default"
    NHS = "nhs"
    OFF = "off"


class Derived(StrEnum):
    """Figures that Gemba works out from its own records; `domain.use_cases.kpi_derived` defines them."""

    ISSUE_CYCLE_TIME = "issue_cycle_time"
    OVERDUE_RATE = "overdue_rate"
    CLOSED_IN_TIME = "closed_in_time"
    REOPEN_RATE = "reopen_rate"
    PILOT_SATISFACTION = "pilot_satisfaction"
    RESPONSE_TIME = "response_time"


class AlertRung(StrEnum):
    """Who is asked, one after the other, while nobody takes on an alert."""

    OWNER = "owner"
    PROCESS_OWNER = "process_owner"
    HEAD = "head"
    SPONSOR = "sponsor"
