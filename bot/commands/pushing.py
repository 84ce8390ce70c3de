"""`gemba kpi push` and `gemba kpi source`: one value by hand or from a script, and who may push over HTTP."""

import json
from collections.abc import Iterator, Mapping, Sequence
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from bot.commands.team import team_of, writing
from bot.database import open_as_it_is
from bot.http.push import checked, kpi_with_key
from bot.http.push_models import PushResult, read_push
from bot.refusal import Refusal
from bot.settings import Settings
from domain.kpis.record import Kpi, KpiSource
from domain.kpis.sources import programs
from domain.kpis.values.actions import upsert_values
from domain.people.routing import today_of

TIMEOUT = 30


def push_directly(settings: Settings, team: str, key: str, sent: Mapping[str, str]) -> PushResult:
    """Keep and judge a value in the database; a running bot delivers what there is to say. Raises Refusal."""
    with writing(settings, team) as (work, now):
        today = today_of(None, work.workspace, now)
        kpi = kpi_with_key(work, key)
        values = checked(kpi, read_push(json.dumps({"period": today.isoformat(), **sent}).encode()), today)
        brought = upsert_values(work, kpi, values, by="", via="push:command line", now=now)
    return PushResult(kpi=key, **brought._asdict())


def push_over_http(url: str, token: str, key: str, sent: Mapping[str, str]) -> PushResult:
    """Have a running bot keep it. Raises Refusal, or OSError where it cannot be reached."""
    if "period" not in sent:
        raise Refusal("give --period: the bot may be in another time zone")
    address = f"{url.rstrip('/')}/api/kpis/{quote(key, safe='')}/readings"
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    try:
        with urlopen(Request(address, json.dumps(sent).encode(), headers), timeout=TIMEOUT) as answer:
            return PushResult.model_validate_json(answer.read())
    except HTTPError as error:
        raise _answered(error) from None


def add_source(settings: Settings, team: str, name: str, keys: Sequence[str]) -> str:
    """The new source's token. Raises Refusal where the name is taken, or a KPI is not known."""
    with writing(settings, team) as (work, now):
        kpis = [kpi_with_key(work, key).id for key in keys]
        return programs.add_source(work, name, kpis, by="", now=now)[1]


def list_sources(settings: Settings, team: str) -> Iterator[str]:
    """A line a source."""
    database = open_as_it_is(settings)
    with database.reading(team_of(database, team)) as work:
        sources = work.of(KpiSource).find(order="name")
        keys = {kpi.id: kpi.key for kpi in work.of(Kpi).find()}
    if not sources:
        yield "No program may push yet; `gemba kpi source add NAME` makes a token."
    for source in sources:
        which = ", ".join(keys.get(kpi_id, "?") for kpi_id in source.kpis) or "all KPIs"
        used = f"last used {source.last_used_at:%Y-%m-%d %H:%M}Z" if source.last_used_at else "never used"
        state = f"revoked {source.revoked_at:%Y-%m-%d}" if source.revoked_at else used
        yield f"{source.name:20} {which:30} {state}"


def revoke_source(settings: Settings, team: str, name: str) -> None:
    with writing(settings, team) as (work, now):
        programs.revoke_source(work, name, by="", now=now)


def _answered(error: HTTPError) -> Refusal:
    try:
        answer = json.loads(error.read())
        detail, rows = str(answer["detail"]), [str(row["detail"]) for row in answer.get("errors", [])]
        return Refusal("; ".join(rows) or detail)
    except (ValueError, KeyError, TypeError):
        return Refusal(f"the bot answered {error.code} {error.reason}; is the --url that of Gemba?")
