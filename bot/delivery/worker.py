"""The delivery worker: takes what is to be said from the outbox, and has it sent, in threads of its own."""

import threading
from time import monotonic

from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError as NoConnection

from bot.delivery.sender import Sender
from bot.logs import log
from domain.core import NotSaved
from storage.outbox.outcomes import DeliveryResult, failed
from storage.outbox.queue import Delivery, Queue
from storage.unit_of_work import Commit

IDLE_SECONDS = 1.0
STOP_SECONDS = 4.0
SHORTEST_NAP = 0.01
CHAIN = 20
"""So many rows are carried out one after the other before a look for what a dead process has left behind."""


class Worker:
    """Delivers until it is stopped. `wake` starts it at once; it also looks every second, and when a rate allows."""

    def __init__(self, queue: Queue, sender: Sender, *, threads: int = 4) -> None:
        self._queue = queue
        self._sender = sender
        self._wake = threading.Condition()
        self._news = 0  # how often somebody has called: who calls while a thread looks is not missed
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
            self._news += 1
            self._wake.notify_all()

    def stop(self) -> None:
        """Finish what is being sent, and end. What hangs is given back to the outbox: others will look it up."""
        self._stopping = True
        self.wake()
        deadline = monotonic() + STOP_SECONDS
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, deadline - monotonic()))
        try:
            self._queue.release()
        except (OperationalError, InterfaceError, NoConnection, NotSaved):
            log.warning("leases could not be released; they run out by themselves")

    @property
    def alive(self) -> bool:
        """All of its threads run."""
        return all(thread.is_alive() for thread in self._threads)

    def drain(self) -> int:
        """Deliver in this thread until nothing is due; returns how many rows were settled or put off."""
        done = 0
        while more := self.deliver():
            done += more
        return done

    def deliver(self, most: int = CHAIN) -> int:
        """Carry out rows, at most so many; returns how many: 0 when it is nobody's turn."""
        done, delivery = 0, self._queue.claim()
        while delivery is not None:
            done += 1
            delivery = self._carry_out(delivery, last=done == most)
        return done

    def _carry_out(self, delivery: Delivery, *, last: bool) -> Delivery | None:
        """Carry out this row, and claim the next one unless it is the last, or the worker is to stop by now."""
        try:
            outcome = self._outcome(delivery)
            if not (last or self._stopping):
                return self._queue.settle_and_claim(delivery, outcome)
            self._queue.settle(delivery, outcome)
        except BaseException:
            self._queue.let_go(delivery)
            raise
        return None

    def _outcome(self, delivery: Delivery) -> DeliveryResult:
        try:
            return self._sender.carry_out(delivery)
        except (OperationalError, InterfaceError, NoConnection, NotSaved):
            raise  # the database is away, maybe after the post: the lease runs out, and it is looked up
        except Exception as error:  # one outbox item: it must not take the others with it
            log.exception("message cannot be made", row=delivery.id, kind=type(delivery.message).__name__)
            return failed(f"{type(error).__name__}: cannot be made")

    def _run(self) -> None:
        while not self._stopping:
            nap, heard = IDLE_SECONDS, self._news
            try:
                if self.deliver():
                    self._saves()
                    continue
                nap = max(SHORTEST_NAP, min(IDLE_SECONDS, self._queue.next_turn() or IDLE_SECONDS))
            except NotSaved as error:
                self._saves_nothing(error.reason)
            except Exception:
                log.exception("the outbox cannot be read; trying again")
            with self._wake:
                if not self._stopping and self._news == heard:
                    self._wake.wait(nap)

    def _saves_nothing(self, why: str) -> None:
        """Say it once, not every second; what was to be said stays where it is."""
        if why != self._unsaved:
            log.error("nothing can be saved, so nothing is delivered; trying again every second", why=why)
            self._unsaved = why

    def _saves(self) -> None:
        if self._unsaved:
            log.info("delivering again")
            self._unsaved = ""
