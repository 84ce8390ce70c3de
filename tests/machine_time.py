"""Machine time that a test can move: leases, waits and back-off pass at once."""

from datetime import UTC, datetime, timedelta
from time import monotonic


class MachineTime:
    """The real time, ahead by what the test has let pass. Call it for the present moment."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._set = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead + self._set

    def steady(self) -> float:
        """Seconds that passed, whatever the clock was set to."""
        return monotonic() + self._ahead.total_seconds()

    def pass_(self, **span: float) -> None:
        """Let time pass: `pass_(seconds=61)`."""
        self._ahead += timedelta(**span)

    def set_clock(self, **span: float) -> None:
        """Somebody sets the machine's clock, forward or back; no time passes."""
        self._set += timedelta(**span)
