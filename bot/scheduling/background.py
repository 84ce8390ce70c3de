"""What may take long, in threads of its own: nothing else waits for it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

THREADS = 4
"""So many databases may hang before one that answers has to wait."""
STOP_SECONDS = 3.0


class Background:
    """Runs each thing once at a time, however often it is begun; by one thread, the clock's."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, "background")  # a thread is started when it is needed
        self._begun: dict[int, Future[object]] = {}

    def begin(self, name: int, run: Callable[[], object]) -> None:
        """Run it soon, unless it is under way."""
        if name not in self._begun or self._begun[name].done():
            self._begun[name] = self._pool.submit(run)

    def stop(self) -> None:
        """Begin nothing more, and wait a little for what is under way."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        wait([one for one in self._begun.values() if not one.cancelled()], timeout=STOP_SECONDS)
