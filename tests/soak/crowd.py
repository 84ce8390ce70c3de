"""The load as a whole: everybody at once, each in a thread."""

from dataclasses import dataclass, field
from random import Random
from threading import Event, Thread
from urllib.error import URLError

from sandbox.person import ControlError, Person
from tests.soak.ledger import Ledger
from tests.soak.people import Someone
from tests.soak.town import ACTORS


@dataclass
class Crowd:
    """All of them, each in a thread and with chances of their own, made from the seed."""

    sandbox_url: str
    seed: int
    ledger: Ledger
    pause: float
    """Seconds that each rests between two acts, at most."""
    _stopping: Event = field(default_factory=Event)
    _threads: list[Thread] = field(default_factory=list)

    def start(self) -> None:
        for number, actor in enumerate(ACTORS):
            someone = Someone(Person(self.sandbox_url, actor), Random(f"{self.seed}/{actor}"), self.ledger, number)
            self._threads.append(Thread(target=self._live, args=(someone,), name=actor, daemon=True))
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let everybody finish what they are at."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _live(self, someone: Someone) -> None:
        while not self._stopping.wait(someone.chance.uniform(0, self.pause)):
            try:
                someone.act()
            except ControlError as error:  # what they wanted to press is gone by now
                self.ledger.trouble(str(error))
            except (URLError, OSError, AssertionError) as error:
                self.ledger.trouble(f"{type(error).__name__}: {error}")
