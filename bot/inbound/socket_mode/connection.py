"""One connection to Slack in Socket Mode: watched, and opened anew when it is lost or Slack asks for it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException
from random import uniform
from threading import Event, Thread

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.error_names import error_name
from bot.inbound.socket_mode.session import GOODBYE_SECONDS, Session, Wire
from bot.logs import log
from bot.slack.verdicts import Verdict, retry_after, verdict

STEADY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Timing:
    """In seconds: how often to ping, when a silent connection is dead, how long to wait at most before another try."""

    ping: float = 3.0
    silent: float = 15.0
    longest_wait: float = 30.0


Heard = Callable[["Connection", Session, str], None]


class Connection:
    """Keeps one session open, in a thread of its own, until it is closed."""

    def __init__(self, number: int, app_token: str, web: WebClient, heard: Heard, timing: Timing) -> None:
        """`heard` gets each text that Slack sends, in the thread that reads; it must not wait."""
        self.number = number
        self._app_token = app_token
        self._web = web
        self._heard = heard
        self._timing = timing
        self._session: Session | None = None
        self._wire: Wire | None = None  # of the newest session, also while it is being opened
        self._failures = 0  # in a row; a connection that did not last is one too
        self._wake = Event()
        self._closing = Event()
        self._keeper = Thread(target=self._keep, name=f"socket-{number}", daemon=True)

    def connect(self) -> None:
        """Open it now. Raises SlackApiError or OSError when that fails."""
        self._session = self._open()

    def start(self) -> None:
        """Keep it open from now on; where it is not yet, open it."""
        self._keeper.start()

    @property
    def connected(self) -> bool:
        return self._session is not None and self._session.alive

    @property
    def frame_age(self) -> float | None:
        """Seconds since Slack was last heard: a message, or its answer to our ping. None before the first time."""
        return self._session.age if self._session is not None else None

    def send(self, text: str) -> None:
        """Raises OSError where it cannot go out."""
        if self._session is None:
            raise ConnectionError("not open yet")
        self._session.send(text)

    def refresh(self, session: Session) -> None:
        """Slack is about to close this session: open another one, and read this one until then."""
        session.is_leaving = True
        self._wake.set()

    def close(self) -> None:
        """Close it for good: Slack never sends anything to a session of this connection again.

        One that is being opened at this moment closes in good order if it opens soon, else it is cut, or never begins.
        """
        self._closing.set()
        self._wake.set()
        if self._session is not None:
            self._session.say_goodbye()
        if self._keeper.is_alive():
            self._keeper.join(GOODBYE_SECONDS)
        if self._keeper.is_alive() and self._wire is not None:
            self._wire.cut()

    def _keep(self) -> None:
        while not self._closing.is_set():
            self._wake.clear()
            try:
                self._look_after(self._session)
            except Exception:  # without this thread nobody would open another connection
                log.exception("a connection to Slack cannot be looked after", socket=self.number)
                self._closing.wait(self._timing.ping)

    def _look_after(self, session: Session | None) -> None:
        if session is None or session.is_leaving or not session.alive:
            self._renew(session)
            return
        self._wake.wait(self._timing.ping)

    def _renew(self, old: Session | None) -> None:
        if old is not None:
            self._failures = self._failures_after(old)
        if old is not None and not old.alive:
            log.warning("a connection to Slack is lost; opening another", socket=self.number, why=old.why)
            old.cut()
        fresh = self._open_patiently()
        if fresh is None:
            return
        self._session = fresh
        if self._closing.is_set():  # meanwhile; who closes the connection has seen the old one
            fresh.say_goodbye()
            return
        if old is not None:
            log.info("connected again", socket=self.number)
            old.say_goodbye()

    def _failures_after(self, old: Session) -> int:
        """None once it has lasted. What Slack asks for is done soon: it closes the old one in ten seconds."""
        if old.lasted > STEADY_SECONDS:
            return 0
        return 1 if old.is_leaving else self._failures + 1

    def _open_patiently(self) -> Session | None:
        """Try until it is open; None when it is not wanted any more. Of failures in a row the first is logged."""
        asked = 0.0
        while not self._closing.wait(max(self._wait(), asked)):
            try:
                return self._open()
            except (SlackApiError, OSError, HTTPException) as error:
                if self._failures == 0 and not self._closing.is_set():
                    log.warning(
                        "a connection to Slack cannot be opened; trying again",
                        socket=self.number,
                        error=error_name(error),
                    )
                self._failures += 1
                asked = _asked_to_wait(error)
        return None

    def _open(self) -> Session:
        answer = self._web.apps_connections_open(app_token=self._app_token)
        heard = partial(self._heard, self)
        timing = self._timing
        session = Session(str(answer["url"]), self._web.ssl, heard, self._begun, ping=timing.ping, silent=timing.silent)
        session.start(self._wake.set)
        return session

    def _begun(self, wire: Wire) -> None:
        """Noted first, then looked: whoever closes it sets the mark first, then looks. One of both cuts it."""
        self._wire = wire
        if self._closing.is_set():
            wire.cut()

    def _wait(self) -> float:
        """Longer each time, and never the same: many bots lose their connections at the same moment."""
        if self._failures == 0:
            return 0.0
        return uniform(0.5, 1) * min(self._timing.longest_wait, 0.25 * 2.0 ** min(self._failures, 20))


def _asked_to_wait(error: Exception) -> float:
    """Slack says how long where it was asked too often."""
    if not isinstance(error, SlackApiError) or verdict(error) is not Verdict.LATER:
        return 0.0
    return retry_after(error)
