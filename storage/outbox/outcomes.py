"""What became of an attempt to deliver, as the queue notes it."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class DeliveryResult:
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


def sent(channel_id: str = "", ts: str = "") -> DeliveryResult:
    """It is out; where it can be found, if it can."""
    return DeliveryResult("sent", channel_id=channel_id, ts=ts)


def skipped(why: str) -> DeliveryResult:
    return DeliveryResult("skipped", why)


def failed(why: str) -> DeliveryResult:
    return DeliveryResult("failed", why)


def again(after: timedelta, why: str, *, counts: bool = True) -> DeliveryResult:
    """It did not go out: its turn comes again after a while. What was unsure is no surer by that."""
    return DeliveryResult("ready", why, wait=after, counts=counts)


def limited(seconds: float) -> DeliveryResult:
    """Slack wants nothing of its kind for a while."""
    return DeliveryResult("ready", "ratelimited", wait=timedelta(0), counts=False, closes=timedelta(seconds=seconds))


def doubt(why: str, after: timedelta = timedelta()) -> DeliveryResult:
    """Nobody can tell yet whether it went out."""
    return DeliveryResult("unsure", why, wait=after)
