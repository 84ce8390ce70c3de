"""Time travel: the app moves its own business time when it is asked to, at an address that it serves (docs/sandbox.md).

The sandbox goes from one thing that is due to the next, so that each happens at its own time and messages carry it.
"""

import asyncio
import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.base import Json, Refused
from sandbox.clock import Stamps
from sandbox.live import Live

FARTHEST = timedelta(days=92)
STOPS = 120
HOUR = 3_600.0
PATIENCE = 60  # seconds for one step
TOLERANCE = 1.0  # seconds by which two clocks may differ


class Hook:
    """What the app serves, if it serves anything. Without it only sandbox time moves.

    `stamps` returns sandbox time, which begins anew at each reset; `changed` is called after a journey.
    """

    def __init__(self, stamps: Callable[[], Stamps], live: Live, changed: Callable[[], None]) -> None:
        self._stamps = stamps
        self._live = live
        self._changed = changed
        self.url = ""
        self._busy = asyncio.Lock()

    async def learn(self, url: str) -> None:
        """Use this hook from now on. Raises Refused when nothing answers there."""
        known, self.url = self.url, url.rstrip("/")
        try:
            await self.align()
        except Refused:
            self.url = known
            raise

    async def align(self) -> None:
        """An app that is ahead of sandbox time is followed: time goes forward only."""
        if self.url:
            self._stamps().travel_to(moment((await self._ask("GET", "")).get("now")))
        self._tell()

    async def jobs(self, locale: str) -> Json:
        """What the app will do by itself: `{now, jobs}`; an empty list where it serves no hook."""
        if not self.url:
            return {"jobs": []}
        answer = await self._ask("GET", f"?{urllib.parse.urlencode({'locale': locale})}")
        return {"jobs": [job for job in _list(answer, "jobs") if isinstance(job, dict)]}

    async def run(self, job: str, locale: str) -> Json:
        """Run one of the jobs now; `happened` says in words what came of it."""
        if not self.url:
            raise Refused("no_hook", "The app serves no hook.", 409)
        answer = await self._ask("POST", f"/jobs/{urllib.parse.quote(job, safe='')}/run", {"locale": locale})
        return {"happened": _list(answer, "happened")}

    async def travel(self, to: datetime, locale: str) -> Json:
        """Move time forward to a moment; returns where it is then, and what happened on the way, in order."""
        ahead = to.timestamp() - self._now()
        if ahead < -TOLERANCE:
            raise Refused("in_the_past", "Time goes forward only.", 409)
        if ahead > FARTHEST.total_seconds():
            raise Refused("too_far", f"At most {FARTHEST.days} days at a time.")
        if self._busy.locked():
            raise Refused("travelling", "Time is on its way already.", 409)
        async with self._busy:
            return await self._go(to, locale, stride=max(HOUR, ahead / STOPS))

    async def _go(self, to: datetime, locale: str, *, stride: float) -> Json:
        happened: list[str] = []
        try:
            while self._now() < to.timestamp():
                stop = min(to.timestamp(), await self._next_stop(stride))
                self._stamps().travel_to(datetime.fromtimestamp(stop, UTC))
                if self.url:
                    there = datetime.fromtimestamp(stop, UTC).isoformat()
                    happened += _list(await self._ask("POST", "/clock", {"now": there, "locale": locale}), "happened")
                self._tell(to.timestamp())
        finally:
            self._changed()
            self._tell()
        return {"now": self._now(), "happened": happened}

    async def _next_stop(self, stride: float) -> float:
        """When the next thing is due. Jobs that run at intervals (`every`) are met once in a stride."""
        now, jobs = self._now(), (await self.jobs("en"))["jobs"]
        due = [moment(job["next"]).timestamp() for job in jobs if job.get("next") and not job.get("every")]
        often = [(now + stride) // HOUR * HOUR] if any(job.get("every") for job in jobs) else []
        return min([at for at in [*due, *often] if at > now], default=float("inf"))

    def _tell(self, to: float | None = None) -> None:
        """Let the pages know what time it is, and where it is going."""
        self._live.push("clock", now=self._now(), to=to, hook=bool(self.url))

    def _now(self) -> float:
        return self._stamps().now()

    async def _ask(self, method: str, path: str, body: Json | None = None) -> Json:
        return await asyncio.to_thread(_request, method, self.url + path, body)


def moment(text: object) -> datetime:
    """An ISO 8601 instant. Raises Refused for anything else, and where no zone is named."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        raise Refused("invalid_time", f"{text!r} is no ISO 8601 time.") from None
    if found.tzinfo is None:
        raise Refused("invalid_time", f"{text!r} names no time zone; end it with Z, say.")
    return found


def _request(method: str, url: str, body: Json | None) -> Json:
    headers = {"Content-Type": "application/json"}
    data = json.dumps(body).encode() if body is not None else None
    try:
        request = urllib.request.Request(url, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return dict(json.load(answer))
    except urllib.error.HTTPError as refusal:
        raise Refused("hook_refused", _said(refusal), 409) from None
    except (OSError, TypeError, ValueError, http.client.HTTPException) as error:
        raise Refused("hook_unreachable", f"The app's hook does not answer ({error}).", 409) from None


def _list(answer: Json, name: str) -> list[Any]:
    """A list of an answer; an empty one where the app does as it likes."""
    found = answer.get(name)
    return found if isinstance(found, list) else []


def _said(refusal: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(refusal)["error"])
    except (ValueError, KeyError, TypeError):
        return f"The app's hook answered with status {refusal.code}."
