"""What is counted while the bot runs, in Prometheus' words. No text, no token and no person is in any label."""

import re
from functools import partial

from prometheus_client import CollectorRegistry, Counter, Histogram, Info, generate_latest
from prometheus_client.registry import Collector

from bot.inbound.request import InboundRequest
from bot.logs import log
from bot.version import VERSION

ACK_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 2.5, 3.0, 5.0)
"""Slack waits three."""
SLOW_SECONDS = 2.5
NAME = re.compile(r"[A-Za-z0-9_.]{1,60}")
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The counters of one program; a registry of its own, so that several programs can live in one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        Info("gemba_build", "Which Gemba runs", registry=self._registry).info({"version": VERSION})
        counter = partial(Counter, registry=self._registry)
        self._requests = counter("gemba_requests", "Requests of Slack, by kind and outcome", ["kind", "outcome"])
        acks = "From a request's arrival to its answer, waiting for a thread included"
        self._acks = Histogram("gemba_ack_seconds", acks, ["kind"], buckets=ACK_SECONDS, registry=self._registry)
        errors = "Calls to Slack that failed, by method and Slack's name of the error"
        self._errors = counter("gemba_slack_errors", errors, ["method", "error"])

    def request(self, kind: str, outcome: str) -> None:
        """A request was handled, or could not be."""
        self._requests.labels(kind, outcome.replace(" ", "_")).inc()

    def answered(self, inbound: InboundRequest) -> None:
        """The answer to a request is out. A slow one is logged with its reference: Slack waits three seconds."""
        self._acks.labels(inbound.kind).observe(age := inbound.age)
        if age > SLOW_SECONDS:
            log.warning(
                "a slow answer", kind=inbound.kind, name=inbound.name, outcome=inbound.outcome, seconds=round(age, 2)
            )

    def slack_error(self, method: str, error: str) -> None:
        """A call to Slack failed. What is no name (a page of something in between) is `other`."""
        self._errors.labels(method, error if NAME.fullmatch(error) else "other").inc()

    def ask(self, collector: Collector) -> None:
        """Show also what `collector` finds each time somebody looks."""
        self._registry.register(collector)

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry)
