"""What became of an attempt to deliver, as the queue notes it."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state of the row from now on, and why; `wait` puts it off, and where it is None the row is settled.

    `counts` False: it was no fault of the message, so that it was no attempt either. `closes`: for so long Slack wants
    nothing of its kind from this workspace, of any replica.
    """

    state: str
    error: str = ""
    channel_id: str = ""
    ts: str = ""
    wait: timedelta | None = None
    counts: bool = True
    closes: timedelta | None = None


def sent(channel_id: str = "", ts: str = "") -> Outcome:
    """It is out; where it can be found, if it can."""
    return Outcome("sent", channel_id=channel_id, ts=ts)


def skipped(why: str) -> Outcome:
    return Outcome("skipped", why)


def failed(why: str) -> Outcome:
    return Outcome("failed", why)


def again(after: timedelta, why: str, *, counts: bool = True) -> Outcome:
    """It did not go out: its turn comes again after a while. What was unsure is no surer by that."""
    return Outcome("ready", why, wait=after, counts=counts)


def limited(seconds: float) -> Outcome:
    """Slack wants nothing of its kind for a while."""
    return Outcome("ready", "ratelimited", wait=timedelta(0), counts=False, closes=timedelta(seconds=seconds))


def doubt(why: str, after: timedelta = timedelta()) -> Outcome:
    """Nobody can tell yet whether it went out."""
    return Outcome("unsure", why, wait=after)
