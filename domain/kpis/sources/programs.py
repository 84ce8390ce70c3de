"""Programs that push KPI values: each has a token, which is shown once and kept only as its hash."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from domain.core import UnitOfWork, UserError
from domain.kpis.record import KpiSource

PREFIX = "gemba_"
"""So that scanners of leaked secrets, and people, know what it is."""
USED_AGAIN_AFTER = timedelta(hours=1)


def token_hash(token: str) -> str:
    """SHA-256 in hex. A token has 256 random bits, so nothing slower is needed: there is nothing to guess."""
    return sha256(token.encode()).hexdigest()


def add_source(
    work: UnitOfWork, name: str, kpi_ids: Sequence[int] = (), *, by: str, now: datetime
) -> tuple[KpiSource, str]:
    """A new source and its token. Raises UserError where its name is taken, also by one that is revoked."""
    if work.of(KpiSource).one(name=name) is not None:
        raise UserError("There is a source “{name}” already. Choose another name.", name=name)
    token = PREFIX + token_urlsafe(32)
    new = KpiSource(name=name, token_hash=token_hash(token), kpis=tuple(kpi_ids), created_by=by)
    return work.of(KpiSource).add(new, by=by, at=now), token


def revoke_source(work: UnitOfWork, name: str, *, by: str, now: datetime) -> KpiSource:
    """From now on its token is refused. Raises UserError where there is no such source."""
    source = work.of(KpiSource).one(name=name)
    if source is None:
        raise UserError("There is no source “{name}”.", name=name)
    if source.revoked_at is not None:
        return source
    return work.of(KpiSource).change(source, by=by, at=now, verb="revoked", revoked_at=now).record


def source_of(work: UnitOfWork, hashed: str, *, now: datetime) -> KpiSource | None:
    """Whose token has this hash, if it holds; notes about once an hour that it is used."""
    source = work.of(KpiSource).one(token_hash=hashed, revoked_at=None)
    if source is not None and (source.last_used_at is None or now - source.last_used_at > USED_AGAIN_AFTER):
        return work.of(KpiSource).change(source, by="", at=now, verb="used", last_used_at=now).record
    return source
