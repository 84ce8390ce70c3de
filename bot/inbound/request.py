"""One inbound request, from the moment it was read: its reference in every line of the log, and when it came."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from secrets import token_hex
from time import monotonic

from structlog.contextvars import bound_contextvars

OTHER = "other"


@dataclass
class InboundRequest:
    """A request. `at` is by the monotonic clock; kind, name and outcome are known once somebody has looked inside.
    `asked` is the command, action or callback id; `name` the same for the log, empty where that shall not tell.

    `afterwards` is what nobody waits for: it is done once the answer is out.
    """

    at: float = field(default_factory=monotonic)
    reference: str = field(default_factory=lambda: token_hex(4))
    kind: str = OTHER
    asked: str = ""
    name: str = ""
    outcome: str = "failed"  # until it is done
    team_id: str = ""
    afterwards: list[Callable[[], None]] = field(default_factory=list)

    @property
    def age(self) -> float:
        """Seconds since it came."""
        return monotonic() - self.at


_current: ContextVar[InboundRequest | None] = ContextVar("inbound_request", default=None)


@contextmanager
def taking(inbound: InboundRequest) -> Iterator[InboundRequest]:
    """What this thread does in the block, it does for this request; its log lines carry the reference."""
    token = _current.set(inbound)
    try:
        with bound_contextvars(reference=inbound.reference):
            yield inbound
    finally:
        _current.reset(token)


@contextmanager
def at_hand() -> Iterator[InboundRequest]:
    """The request that this thread works on; one that comes at this moment where nobody has said so."""
    current = _current.get()
    if current is not None:
        yield current
    else:
        with taking(InboundRequest()) as fresh:
            yield fresh
        finish(fresh)


def finish(inbound: InboundRequest) -> None:
    """The answer is out: do what was put off until then."""
    while inbound.afterwards:
        with taking(inbound):
            inbound.afterwards.pop(0)()
