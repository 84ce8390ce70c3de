"""Machine time that a test can move: leases, waits and back-off pass at once."""

from datetime import UTC, datetime, timedelta


class MachineTime:
    """The real time, ahead by what the test has let pass. Call it for the present moment."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def pass_(self, **span: float) -> None:
        """Let time pass: `pass_(seconds=61)`."""
        self._ahead += timedelta(**span)
