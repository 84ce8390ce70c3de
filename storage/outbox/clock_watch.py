"""Whether the machine's clock was set lately, seen by the time that passes beside it."""

from collections.abc import Callable
from datetime import datetime, timedelta

SLEW = timedelta(seconds=1)
"""By how much a clock that is only corrected may go off between two looks; what is more, somebody has set."""


class ClockWatch:
    """`now` is the machine's clock, `steady` counts seconds and is never set; a clock is trusted after `settling`.

    A process that starts knows nothing of what was before, so it trusts its clock after that long only.
    """

    def __init__(self, now: Callable[[], datetime], steady: Callable[[], float], settling: timedelta) -> None:
        self._now, self._steady, self._settling = now, steady, settling
        self._ahead = self._measured()
        self._set_at = steady()

    def settled_in(self) -> timedelta:
        """How long until it will not have been set for `settling`; nothing where it has not been."""
        ahead = self._measured()
        if abs(ahead - self._ahead) > SLEW:
            self._set_at = self._steady()
        self._ahead = ahead
        return max(timedelta(), self._settling - timedelta(seconds=self._steady() - self._set_at))

    def _measured(self) -> timedelta:
        """Of a moment that means nothing; only that it changes does."""
        return timedelta(seconds=self._now().timestamp() - self._steady())
