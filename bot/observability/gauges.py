"""What /metrics shows of the bot as it is at this moment."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.registry import Collector

from bot.observability.readiness import Readiness
from storage.figures import Depth, Figures

FAILED = "failed"


class Gauges(Collector):
    """Asks how the bot is each time somebody looks. What is not known is left out."""

    def __init__(self, readiness: Readiness, jobs: Iterable[str]) -> None:
        self._readiness = readiness
        self._jobs = tuple(jobs)

    def collect(self) -> Iterator[Gauge]:
        found = self._readiness.figures()
        yield Gauge("gemba_database_up", "1 while the database answers", value=found is not None)
        if found is not None:
            yield from _outbox(found.outbox)
            yield self._late(found)
            yield _stopped(found)
        yield from self._ticker()
        yield Gauge("gemba_worker_up", "1 while all delivery threads run", value=self._readiness.worker.alive)
        yield from self._sockets()

    def _late(self, found: Figures) -> Gauge:
        gauge = Gauge("gemba_schedules_late", "Schedules due for more than a minute, by job", labels=["job"])
        for job in self._jobs:
            gauge.add_metric([job], found.late.get(job, 0))
        return gauge

    def _ticker(self) -> Iterator[Gauge]:
        age = self._readiness.ticker.age
        if age is not None:
            yield Gauge("gemba_tick_age_seconds", "Since the last tick of the schedules", value=age)

    def _sockets(self) -> Iterator[Gauge]:
        sockets = self._readiness.sockets
        connected = sum(socket.connected for socket in sockets)
        yield Gauge("gemba_sockets_connected", "Socket Mode connections (none in HTTP mode)", value=connected)
        heard = Gauge("gemba_socket_frame_age_seconds", "Since Slack was last heard on a socket", labels=["socket"])
        for number, socket in enumerate(sockets, 1):
            if (age := socket.frame_age) is not None:
                heard.add_metric([str(number)], age)
        if heard.samples:
            yield heard


def _stopped(found: Figures) -> Gauge:
    gauge = Gauge("gemba_stopped_targets", "What Slack lets nothing through to, by its error", labels=["error"])
    for error, count in found.stopped.items():
        gauge.add_metric([error], count)
    return gauge


def _outbox(depths: dict[str, Depth]) -> Iterator[Gauge]:
    rows = Gauge("gemba_outbox_rows", "Messages that wait to be sent or have failed, by state", labels=["state"])
    age = Gauge("gemba_outbox_oldest_seconds", "Age of the message that waits longest, by state", labels=["state"])
    now = datetime.now(UTC)
    for state, depth in depths.items():
        rows.add_metric([state], depth.rows)
        if state != FAILED:
            waited = (now - depth.oldest).total_seconds() if depth.oldest else 0.0
            age.add_metric([state], max(0.0, waited))
    yield rows
    yield age
