"""What may take long, in threads of its own: nothing else waits for it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock

THREADS = 4
"""So many databases may hang before one that answers has to wait."""
STOP_SECONDS = 3.0


class Background:
    """Runs each thing once at a time, however often it is begun."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, "background")  # a thread is started when it is needed
        self._under_way: dict[int, Future[object]] = {}
        self._lock = Lock()

    def begin(self, name: int, run: Callable[[], object]) -> None:
        """Run it soon, unless it is under way."""
        with self._lock:
            if name not in self._under_way:
                self._under_way[name] = future = self._pool.submit(run)
                future.add_done_callback(lambda _: self._under_way.pop(name, None))

    def stop(self) -> None:
        """Begin nothing more, and wait a little for what is under way."""
        with self._lock:
            under_way = list(self._under_way.values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        wait(under_way, timeout=STOP_SECONDS)
