"""A channel, person or workspace that Slack blocks."""

from dataclasses import dataclass
from datetime import datetime

from domain.core import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedDestination(Record):
    """Where Slack lets nothing through until somebody resolves it. Messages for it wait.

    `target` is a channel or person, an action (`pin`, say), or empty for the whole workspace; `error` is Slack's name.
    `times` counts how often it was blocked, so that each time is told once; `held` is False while it is tried again.
    """

    target: str = ""
    error: str
    since: datetime
    times: int = 1
    told: tuple[str, ...] = ()
    held: bool = True
    tried_by: str = ""
    mended_at: datetime | None = None
