"""What /metrics shows of the bot as it is at this moment."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.registry import Collector

from bot.observability.readiness import Readiness
from storage.figures import Depth

FAILED = "failed"


class Gauges(Collector):
    """Asks how the bot is each time somebody looks. What is not known is left out."""

    def __init__(self, readiness: Readiness, jobs: Iterable[str]) -> None:
        self._readiness = readiness
        self._jobs = tuple(jobs)

    def collect(self) -> Iterator[Gauge]:
        figures = self._readiness.figures()
        yield Gauge("gemba_database_up", "1 while the database answers", value=figures is not None)
        if figures is not None:
            yield from _outbox(figures.outbox)
            late = {job: figures.late.get(job, 0) for job in self._jobs}
            yield _by("job", "gemba_schedules_late", "Schedules due for more than a minute, by job", late)
            stopped = "What Slack lets nothing through to, by its error"
            yield _by("error", "gemba_stopped_targets", stopped, figures.blocked)
        yield from self._ticker()
        yield Gauge("gemba_worker_up", "1 while all delivery threads run", value=self._readiness.worker.alive)
        yield from self._sockets()

    def _ticker(self) -> Iterator[Gauge]:
        age = self._readiness.ticker.age
        if age is not None:
            yield Gauge("gemba_tick_age_seconds", "Since the last tick of the schedules", value=age)

    def _sockets(self) -> Iterator[Gauge]:
        sockets = self._readiness.sockets
        connected = sum(socket.connected for socket in sockets)
        yield Gauge("gemba_sockets_connected", "Socket Mode connections (none in HTTP mode)", value=connected)
        ages = {str(number): age for number, socket in enumerate(sockets, 1) if (age := socket.frame_age) is not None}
        if ages:
            yield _by("socket", "gemba_socket_frame_age_seconds", "Since Slack was last heard on a socket", ages)


def _outbox(depths: dict[str, Depth]) -> Iterator[Gauge]:
    now = datetime.now(UTC)
    rows = {state: depth.rows for state, depth in depths.items()}
    ages = {
        state: max(0.0, (now - depth.oldest).total_seconds()) if depth.oldest else 0.0
        for state, depth in depths.items()
        if state != FAILED
    }
    yield _by("state", "gemba_outbox_rows", "Messages that wait to be sent or have failed, by state", rows)
    yield _by("state", "gemba_outbox_oldest_seconds", "Age of the message that waits longest, by state", ages)


def _by(label: str, name: str, documentation: str, values: Mapping[str, float]) -> Gauge:
    """A sample for each value of the label."""
    gauge = Gauge(name, documentation, labels=[label])
    for of, value in values.items():
        gauge.add_metric([of], value)
    return gauge
