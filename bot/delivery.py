"""The delivery worker: takes what is to be said from the outbox, renders it afresh, posts it once, and notes it."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from http.client import HTTPException
from random import uniform
from socket import gaierror
from time import monotonic
from typing import Protocol
from urllib.error import URLError

from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from bot.gateway import Gateway
from bot.logs import log
from domain.errors import NotSaved
from storage.queue import Delivery, Queue
from storage.unit_of_work import Commit
from views.blocks import Rendered

UNSURE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""Errors of which Slack says that part of the work may have happened."""
LATER = frozenset({"ratelimited", "rate_limited", "team_added_to_org"})
NOT_THERE = frozenset({"not_in_channel", "channel_not_found", "user_not_in_channel", "is_archived"})
NAME = re.compile(r"[a-z0-9_]+")  # of an error of Slack's; anything else is a page of something in between
MOST_ATTEMPTS = 12
"""With their back-off these take three quarters of an hour; only then does a message let others of its lane go on."""
LONGEST_WAIT = 900.0
IDLE_SECONDS = 1.0
STOP_SECONDS = 4.0


class Renderer(Protocol):
    def __call__(self, delivery: Delivery, /) -> Rendered | None:
        """The message in its reader's language from today's state; None when its reason is gone."""
        ...


class Worker:
    """Delivers until it is stopped, in threads of its own. `wake` starts it at once; it also looks every second."""

    def __init__(self, queue: Queue, gateway: Gateway, render: Renderer, *, threads: int = 4) -> None:
        self._queue = queue
        self._gateway = gateway
        self._render = render
        self._wake = threading.Condition()
        self._stopping = False
        self._unsaved = ""  # why nothing can be saved, as long as it cannot
        self._threads = [
            threading.Thread(target=self._run, name=f"delivery-{number}", daemon=True) for number in range(threads)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def heard(self, commit: Commit) -> None:
        """A unit of work was committed."""
        if commit.said:
            self.wake()

    def wake(self) -> None:
        with self._wake:
            self._wake.notify_all()

    def stop(self) -> None:
        """Finish what is being sent, and end. What hangs is left: its lease runs out, and it is looked up."""
        self._stopping = True
        self.wake()
        deadline = monotonic() + STOP_SECONDS
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, deadline - monotonic()))

    @property
    def alive(self) -> bool:
        """All of its threads run."""
        return all(thread.is_alive() for thread in self._threads)

    def drain(self) -> int:
        """Deliver in this thread until nothing is due; returns how many rows were settled or put off."""
        done = 0
        while self.deliver_next():
            done += 1
        return done

    def deliver_next(self) -> bool:
        """Carry out one row; False when none is due."""
        delivery = self._queue.claim()
        if delivery is None:
            return False
        try:
            self._deliver(delivery)
        except SlackApiError as error:
            self._refused(delivery, error)
        except (OSError, HTTPException) as error:
            if _never_left(error):
                self._wait_for_slack(delivery, error)
            else:
                self._lost(delivery, type(error).__name__)
        except (OperationalError, InterfaceError, NoConnection, NotSaved):
            raise  # the database is away, maybe after the post: the lease runs out, and it is looked up
        except Exception as error:  # one outbox item: it must not take the others with it
            log.exception("message cannot be made", row=delivery.id, kind=type(delivery.message).__name__)
            self._queue.failed(delivery, f"{type(error).__name__}: cannot be made")
        return True

    def _run(self) -> None:
        while not self._stopping:
            try:
                if self.deliver_next():
                    self._saves()
                    continue
            except NotSaved as error:
                self._saves_nothing(error.reason)
            except Exception:
                log.exception("the outbox cannot be read; trying again")
            with self._wake:
                if not self._stopping:
                    self._wake.wait(IDLE_SECONDS)

    def _saves_nothing(self, why: str) -> None:
        """Say it once, not every second; what was to be said stays where it is."""
        if why != self._unsaved:
            log.error("nothing can be saved, so nothing is delivered; trying again every second", why=why)
            self._unsaved = why

    def _saves(self) -> None:
        if self._unsaved:
            log.info("delivering again")
            self._unsaved = ""

    def _deliver(self, delivery: Delivery) -> None:
        if delivery.attempts > MOST_ATTEMPTS:  # its process died each time, maybe by it
            self._queue.failed(delivery, "given up: no attempt came to an end")
            return
        if delivery.unsure and delivery.action in ("post", "whisper") and self._resolved(delivery):
            return
        message = self._render(delivery)
        if message is None:
            self._queue.skipped(delivery, "its reason is gone")
            return
        carry_out: dict[str, Callable[[Delivery, Rendered], None]] = {
            "post": self._post, "whisper": self._whisper, "update": self._update, "pin": self._pin,
        }  # fmt: skip
        carry_out[delivery.action](delivery, message)

    def _post(self, delivery: Delivery, message: Rendered) -> None:
        thread_ts = delivery.thread_ts
        target = delivery.target
        if delivery.in_thread:
            parent = self._queue.place_of(delivery.team_id, delivery.waits_for)
            if parent is None:
                self._queue.skipped(delivery, "the message it answers is not there")
                return
            target, thread_ts = parent
        channel_id, ts = self._gateway.post(target, message, key=delivery.token, thread_ts=thread_ts)
        self._queue.sent(delivery, channel_id, ts)

    def _whisper(self, delivery: Delivery, message: Rendered) -> None:
        """Show it in the channel; where the bot or the person is not in it, send it to her directly."""
        if delivery.target != delivery.person:
            try:
                self._gateway.whisper(delivery.target, delivery.person, message)
                self._queue.sent(delivery)
                return
            except SlackApiError as error:
                if error.response["error"] not in NOT_THERE:
                    raise
        channel_id, ts = self._gateway.post(delivery.person, message, key=delivery.token)
        self._queue.sent(delivery, channel_id, ts)

    def _update(self, delivery: Delivery, message: Rendered) -> None:
        place = self._queue.place_of(delivery.team_id, delivery.waits_for)
        if place is None:
            self._queue.skipped(delivery, "the message is not there")
            return
        self._gateway.update(*place, message)
        self._queue.sent(delivery)

    def _pin(self, delivery: Delivery, message: Rendered) -> None:  # noqa: ARG002  one shape for all
        place = self._queue.place_of(delivery.team_id, delivery.waits_for)
        if place is not None:
            self._gateway.pin(*place)
        self._queue.sent(delivery)

    def _resolved(self, delivery: Delivery) -> bool:
        """Look whether an unsure message is out; where nobody can look, follow its kind's policy."""
        channel, thread_ts = self._where_it_would_be(delivery)
        try:
            found = self._gateway.find_posted(channel, delivery.token, since=delivery.created_at, thread_ts=thread_ts)
        except SlackApiError as error:
            if error.response["error"] in LATER or error.response.status_code >= 500:
                raise
            if not delivery.may_repeat:
                self._queue.skipped(delivery, "it may be out, and cannot be looked up")
            return not delivery.may_repeat
        if found is not None:
            self._queue.sent(delivery, *found)
        return found is not None

    def _where_it_would_be(self, delivery: Delivery) -> tuple[str, str]:
        """Channel and thread. A whisper leaves no trace but where it went to the person directly."""
        if delivery.action == "whisper":
            return delivery.person, ""
        parent = self._queue.place_of(delivery.team_id, delivery.waits_for) if delivery.in_thread else None
        return parent or (delivery.target, delivery.thread_ts)

    def _refused(self, delivery: Delivery, error: SlackApiError) -> None:
        name = str(error.response.get("error", "")) if isinstance(error.response.data, dict) else ""
        status = error.response.status_code
        if status == 429 or name in LATER:
            seconds = float(error.response.headers.get("Retry-After", 1))
            self._queue.again(delivery, timedelta(seconds=seconds + uniform(0, 0.5)), "ratelimited", counts=False)
        elif status >= 500 or name in UNSURE or not NAME.fullmatch(name):
            self._lost(delivery, name if NAME.fullmatch(name) else f"http_{status}")
        else:
            log.error("Slack refused a message", row=delivery.id, kind=type(delivery.message).__name__, error=name,
                      detail=(error.response.get("response_metadata") or {}).get("messages"))  # fmt: skip
            self._queue.failed(delivery, name)

    def _lost(self, delivery: Delivery, why: str) -> None:
        """No answer: what can be repeated without harm is, the rest is looked up before anything else."""
        log.warning("no answer from Slack", row=delivery.id, why=why, attempts=delivery.attempts)
        wait = timedelta(seconds=min(LONGEST_WAIT, 2**delivery.attempts) * uniform(0.5, 1))
        if delivery.attempts >= MOST_ATTEMPTS:
            self._queue.failed(delivery, why)
        elif delivery.action in ("update", "pin"):
            self._queue.again(delivery, wait, why)
        else:
            self._queue.doubt(delivery, why, wait)

    def _wait_for_slack(self, delivery: Delivery, error: Exception) -> None:
        """It cannot have gone out, and no other could: wait the longer the longer it has waited, and never give up."""
        wait = min(60.0, max(2.0, self._queue.age(delivery).total_seconds() / 4))
        log.warning("Slack cannot be reached", row=delivery.id, why=str(error), wait=round(wait))
        self._queue.again(delivery, timedelta(seconds=wait * uniform(0.5, 1)), "Slack cannot be reached", counts=False)


def _never_left(error: Exception) -> bool:
    """There was no connection to send it by; urllib wraps what happens until the request is out."""
    return isinstance(error, URLError) and isinstance(error.reason, ConnectionRefusedError | gaierror)
