"""KPI values over HTTP: `POST /api/kpis/{key}/readings`. What is answered with 200 is on disk."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from http import HTTPStatus

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.http.body import BodyRefused, whole_body
from bot.http.openapi import PATH, description
from bot.http.push_models import (
    MOST_ERRORS,
    ProblemDetails,
    Pushed,
    PushResult,
    RowError,
    Unacceptable,
    in_english,
    read_push,
)
from bot.http.tokens import PushLimit, PushToken, Tokens
from domain.core import NotSaved, UnitOfWork, UserError
from domain.kpis.record import Kpi
from domain.kpis.sources.programs import source_of
from domain.kpis.values.actions import Value, upsert_values
from domain.kpis.values.periods import period_of, segment_of
from domain.measures.targets import check_unit, target
from domain.people.routing import today_of
from storage.unit_of_work import Database

LARGEST_BODY = 4_000_000  # bytes: 10,000 readings take 1 MB
THREADS = 4  # writers take turns anyway


class Push:
    """The pages under /api."""

    def __init__(self, database: Database, limit: PushLimit | None = None) -> None:
        self._database = database
        self._tokens = Tokens(database)
        self._limit = limit or PushLimit()
        self._threads = CapacityLimiter(THREADS)

    def routes(self) -> list[Route]:
        return [Route(PATH, self._take, methods=["POST"]), Route("/api/openapi.json", self._describe)]

    async def _describe(self, _request: Request) -> Response:
        return JSONResponse(description())

    async def _take(self, request: Request) -> Response:
        token = await to_thread.run_sync(self._admit, request.headers, limiter=self._threads)
        if isinstance(token, Response):
            return token
        try:
            body = await whole_body(request, LARGEST_BODY)
        except BodyRefused as refused:
            too_large = f"At most {LARGEST_BODY // 1_000_000} MB, please: send several batches."
            return problem(refused.status, too_large if refused.status == 413 else "The body did not come in time.")
        push = partial(self._push, str(request.path_params["key"]), token, body)
        return await to_thread.run_sync(push, limiter=self._threads)

    def _admit(self, headers: Mapping[str, str]) -> PushToken | Response:
        """Whose token it is; a refusal where that can be said before the body is read."""
        token = self._tokens.find(headers.get("authorization", ""))
        if token is None:
            return problem(401, "This needs a token: Authorization: Bearer gemba_…", {"WWW-Authenticate": "Bearer"})
        if wait := self._limit.wait(token.hashed):
            return problem(429, f"Too many requests: wait {wait} s, or send batches.", {"Retry-After": str(wait)})
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return problem(415, "Send JSON, with Content-Type: application/json.")
        return token

    def _push(self, key: str, token: PushToken, body: bytes) -> Response:
        try:
            pushed, now = read_push(body), self._database.clock.now()
            with self._database.writing(token.team_id, now=now) as work:
                result = record_push(work, key, token.hashed, pushed, now=now)
            return JSONResponse(result.model_dump())
        except Unacceptable as refusal:
            headers = {"WWW-Authenticate": "Bearer"} if refusal.status == 401 else {}
            return problem(refusal.status, refusal.detail, headers, refusal.errors)
        except NotSaved as failure:
            return problem(503, in_english(failure), {"Retry-After": "60"})


def record_push(work: UnitOfWork, key: str, hashed: str, pushed: Pushed, *, now: datetime) -> PushResult:
    """Keep and judge what was pushed with the token of this hash. Raises Unacceptable, and then nothing is kept."""
    source = source_of(work, hashed, now=now)
    if source is None:
        raise Unacceptable("This token has been revoked.", status=401)
    kpi = kpi_with_key(work, key)
    if source.kpis and kpi.id not in source.kpis:
        raise Unacceptable(f"The source {source.name!r} may not push values of this KPI.", status=403)
    values = checked(kpi, pushed, today_of(None, work.workspace, now))
    brought = upsert_values(work, kpi, values, by="", via=f"push:{source.name}", now=now)
    return PushResult(kpi=kpi.key, **brought._asdict())


def kpi_with_key(work: UnitOfWork, key: str) -> Kpi:
    """Raises Unacceptable where there is none, or it takes no values any more."""
    kpi = work.of(Kpi).one(key=key) if key and key.isprintable() else None
    if kpi is None:
        raise Unacceptable(f"There is no KPI with the key {key[:80]!r}; /gemba kpi show NAME tells it.", status=404)
    if kpi.archived_at is not None:
        raise Unacceptable("This KPI is archived and takes no values.", status=409)
    return kpi


def checked(kpi: Kpi, pushed: Pushed, today: date) -> list[Value]:
    """The values in the KPI's own segments, periods and unit. Raises Unacceptable with each that does not fit."""
    values: dict[tuple[str, date], Value] = {}
    errors: list[RowError] = []
    for at, reading in enumerate(pushed.readings):
        field = "segment"
        try:
            segment = segment_of(kpi, reading.segment)
            field = "period"
            value = Value(segment, period_of(kpi, reading.period, today), reading.value)
            if values.setdefault(value[:2], value) != value:
                raise UserError("There is another value for the same segment and period in this batch.")
            field = "unit"
            check_unit(reading.unit, target(kpi.target).unit)
        except UserError as problem:
            errors.append(RowError(pointer=pushed.pointer(at, field), detail=in_english(problem)))
    if errors:
        raise Unacceptable(
            f"Nothing was kept: {len(errors)} of {len(pushed.readings)} do not fit.", errors[:MOST_ERRORS]
        )
    return list(values.values())


def problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, errors: Sequence[RowError] = ()
) -> Response:
    details = ProblemDetails(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=list(errors))
    body = details.model_dump_json(exclude=None if errors else {"errors"})
    return Response(body, status, dict(headers or {}), media_type="application/problem+json")
