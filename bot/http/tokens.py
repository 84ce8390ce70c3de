"""Who pushes: tokens in the Authorization header, and how often each may come."""

from dataclasses import dataclass
from hmac import compare_digest
from math import ceil
from threading import Lock
from time import monotonic

from sqlalchemy import select

from domain.kpis.record import KpiSource
from domain.kpis.sources.programs import token_hash
from storage.unit_of_work import Database

SCHEME = "bearer "
PER_SECOND, AT_ONCE = 20.0, 100.0


@dataclass(frozen=True, slots=True)
class PushToken:
    """One that was given out once; whether it still holds is looked up when it is used."""

    team_id: str
    hashed: str


class Tokens:
    """Which workspace a token is of. That never changes, so it is looked up once."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine
        self._sources = database.schema.of(KpiSource)
        self._cached: dict[str, PushToken] = {}

    def find(self, authorization: str) -> PushToken | None:
        """None for a header without a token, or with one that nobody has been given."""
        if authorization[: len(SCHEME)].lower() != SCHEME:
            return None
        hashed = token_hash(authorization[len(SCHEME) :].strip())
        token = self._cached.get(hashed) or self._look_up(hashed)
        if token is not None:
            self._cached[hashed] = token
        return token

    def _look_up(self, hashed: str) -> PushToken | None:
        """By its hash, which tells nothing about the token by the time that it takes; compared in constant time."""
        sources = self._sources.c
        query = select(sources.team_id, sources.token_hash).where(sources.token_hash == hashed)
        with self._engine.connect().execution_options(reading=True) as connection:
            row = connection.execute(query).first()
        return PushToken(row[0], hashed) if row is not None and compare_digest(row[1], hashed) else None


class PushLimit:
    """How often each source may come: a hundred requests at once, twenty a second after that."""

    def __init__(self, per_second: float = PER_SECOND, at_once: float = AT_ONCE) -> None:
        self._per_second, self._at_once = per_second, at_once
        self._lock = Lock()
        self._left: dict[str, tuple[float, float]] = {}  # how many, and as of when

    def wait(self, source: str) -> int:
        """Take one; 0 where there was one, else how many seconds to wait."""
        now = monotonic()
        with self._lock:
            left, since = self._left.get(source, (self._at_once, now))
            left = min(self._at_once, left + (now - since) * self._per_second)
            taken = left >= 1
            self._left[source] = (left - taken, now)
        return 0 if taken else ceil((1 - left) / self._per_second)
