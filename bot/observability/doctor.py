"""`gemba doctor`: what is missing or wrong, each with its remedy."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.database import SCHEMA, remedy
from bot.error_names import error_name
from bot.kpi_sources.sources import SqlSources
from bot.misspelt import environment, misspelt
from bot.refusal import Refusal
from bot.scheduling.clock import FixedClock
from bot.scopes import SCOPES, missing_scopes
from bot.settings import Mode, Settings, names
from bot.slack.slack_client import UNREACHABLE
from bot.slack.verdicts import Verdict, verdict
from bot.version import VERSION
from domain.calendars.working_days import HORIZON
from domain.core import NotSaved
from domain.destinations.actions import Backlog, backlogs
from domain.kpis.sources.databases import FAILED, last_note
from domain.people.record import TeamChannel
from storage.engine import open_engine, sqlite_file, without_credentials
from storage.outbox.queue import Queue
from storage.unit_of_work import Database
from storage.upgrade import current_revision, newest_revision, unfit

MOST_SKEW = timedelta(minutes=2)
OLDEST_SQLITE = (3, 35)
LATELY = timedelta(days=7)
REMEDIES = {
    "not_in_channel": "/invite the bot into the channel",
    "channel_not_found": "/invite the bot into the channel, or choose another one in /gemba settings",
    "is_archived": "choose another channel in /gemba settings, or unarchive it",
    "restricted_action": "let the bot post there: the channel's posting permissions",
    "invalid_auth": "install the app again and set SLACK_BOT_TOKEN",
    "account_inactive": "install the app again and set SLACK_BOT_TOKEN",
    "token_revoked": "install the app again and set SLACK_BOT_TOKEN",
    "missing_scope": "paste `gemba manifest` again and reinstall",
}
FIX_AT_SLACK = "api.slack.com/apps → your app → "


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `remedy` is empty where all is well."""

    what: str
    found: str
    remedy: str = ""


def examine(settings: Settings, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Iterator[Finding]:
    """Look at everything the bot needs, without changing anything."""
    yield from _settings(settings)
    yield from _tokens(settings, now)
    yield from _database(settings, now)


def _settings(settings: Settings) -> Iterator[Finding]:
    yield Finding("Version", VERSION)
    yield Finding("Mode", settings.mode)
    for name, meant in misspelt(environment(), names()).items():
        yield Finding(name, "is set, and not known", f"did you mean {meant}? Rename it, or unset it")
    yield Finding("Time zone", settings.gemba_timezone)
    yield Finding("Language", settings.gemba_language)


def _tokens(settings: Settings, now: Callable[[], datetime]) -> Iterator[Finding]:
    if settings.mode is Mode.SANDBOX:
        tokens = "set SLACK_BOT_TOKEN and SLACK_APP_TOKEN for a workspace"
        yield Finding("Slack", f"the sandbox: no tokens needed for `gemba demo`; {tokens}")
        return
    if settings.slack_bot_token is None:
        yield Finding("Bot token", "missing", f"set SLACK_BOT_TOKEN ({FIX_AT_SLACK}OAuth & Permissions, starts xoxb-)")
        return
    client = WebClient(settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url, timeout=10)
    try:
        answer = client.auth_test()
    except UNREACHABLE as error:
        yield _refused("Bot token", error, f"install the app again ({FIX_AT_SLACK}Install App)")
        return
    yield Finding("Bot token", f"works, in {answer['team']}")
    yield from _scopes(answer.headers.get("x-oauth-scopes", ""))
    yield _clock(answer.headers.get("date", ""), now())
    yield from _app_token(settings)


def _refused(what: str, error: Exception, remedy: str) -> Finding:
    """What to do where Slack refuses a token; else it is no fault of the token's."""
    if not isinstance(error, SlackApiError):
        return Finding("Slack", f"cannot be reached ({error})", "check the network, the proxy and SLACK_API_URL")
    name = error_name(error)
    if verdict(error) in (Verdict.LATER, Verdict.UNSURE):
        return Finding("Slack", f"does not answer as it should ({name})", "try again in a minute; see slack-status.com")
    return Finding(what, name, remedy)


def _scopes(granted: str) -> Iterator[Finding]:
    missing = missing_scopes(granted)
    if not missing:
        yield Finding("Scopes", f"all {len(SCOPES)}" if granted else "Slack does not say")
    remedy = f"paste `gemba manifest` again ({FIX_AT_SLACK}App Manifest) and reinstall"
    for scope, without in missing.items():
        yield Finding("Scope missing", f"{scope}: {without}", remedy)


def _clock(header: str, now: datetime) -> Finding:
    if not header:
        return Finding("Clock", "Slack does not say")
    skew = abs(parsedate_to_datetime(header) - now)
    remedy = "" if skew < MOST_SKEW else "set this machine's clock (NTP): requests more than 5 minutes off are refused"
    return Finding("Clock", f"{skew.total_seconds():.0f} s from Slack's", remedy)


def _app_token(settings: Settings) -> Iterator[Finding]:
    if settings.mode is Mode.HTTP:
        secret = settings.slack_signing_secret
        remedy = "" if secret else f"set SLACK_SIGNING_SECRET ({FIX_AT_SLACK}Basic Information → App Credentials)"
        yield Finding("Signing secret", "set" if secret else "missing", remedy)
        return
    where = f"{FIX_AT_SLACK}Basic Information → App-Level Tokens, scope connections:write, starts xapp-"
    if settings.slack_app_token is None:
        yield Finding("App token", "missing", f"set SLACK_APP_TOKEN ({where})")
        return
    client = WebClient(base_url=settings.slack_api_url, timeout=10)
    try:
        client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except UNREACHABLE as error:
        yield _refused("App token", error, f"make a new one ({where})")
    else:
        yield Finding("App token", "works: Socket Mode can be opened")


def _database(settings: Settings, now: Callable[[], datetime]) -> Iterator[Finding]:
    file = sqlite_file(settings.database)
    if file is not None and not file.exists():
        yield Finding("Database", f"{file} is not there yet; the first start makes it")
        return
    try:
        engine = open_engine(settings.database)
        revision, why = current_revision(engine), unfit(engine, SCHEMA.metadata)
    except NotSaved as error:
        yield Finding("Database", error.reason, "see there")
        return
    except (SQLAlchemyError, OSError) as error:
        reason = str(error).splitlines()[0]
        yield Finding("Database", reason, "check DATABASE_URL, and that the file or server can be written to")
        return
    state = f"{without_credentials(engine.url)}, revision {revision or 'none'} of {newest_revision()}"
    state += f"; it {why}" if why and revision == newest_revision() else ""
    yield Finding("Database", state, remedy(revision, why))
    if engine.dialect.name == "sqlite":
        old = sqlite3.sqlite_version_info < OLDEST_SQLITE
        yield Finding("SQLite", sqlite3.sqlite_version, "use a Python with SQLite 3.35 or newer" if old else "")
    if not why:
        yield from _records(engine, now())
        yield from _sources(settings, engine, now())


def _records(engine: Engine, now: datetime) -> Iterator[Finding]:
    database = Database(engine, FixedClock(now), SCHEMA)
    yield _messages(Queue(engine, SCHEMA.words, "doctor").failures(LATELY))
    for team_id in database.teams():
        with database.reading(team_id) as work:
            settings, channels = work.workspace, work.of(TeamChannel).count()
            blocked = backlogs(work)
        yield from _blocked(blocked)
        set_up = "" if channels else "type /gemba settings in a team's channel"
        yield Finding("Channels", f"{channels} set up in {settings.name}", set_up)
        triage = settings.triage_channel
        yield Finding("Triage channel", triage or "none", "" if triage else "choose one in /gemba settings: Workspace")
        yield _holidays(settings.country, now)


def _sources(settings: Settings, engine: Engine, now: datetime) -> Iterator[Finding]:
    """The databases that KPI values come from: what each brought last."""
    try:
        sources = SqlSources.read(settings.gemba_sql_sources).all
    except Refusal as refusal:
        yield Finding("KPI sources", str(refusal), "mend the file; the bot does not start with it as it is")
        return
    database = Database(engine, FixedClock(now), SCHEMA)
    for team_id in database.teams() if sources else ():
        with database.reading(team_id) as work:
            for subject, source in sources.items():
                note = last_note(work, subject)
                remedy = "mend the query or the database; `gemba jobs run kpi-sources` asks again"
                yield Finding(f"KPI source {source.name}", note or "all is well", remedy * note.startswith(FAILED))


def _messages(failures: Mapping[str, int]) -> Finding:
    if not failures:
        return Finding("Messages", f"all of the last {LATELY.days} days were sent")
    counts = ", ".join(f"{count} × {error}" for error, count in failures.items())
    remedies = dict.fromkeys(REMEDIES.get(error, "see the log: 'Slack refused a message'") for error in failures)
    return Finding("Messages", f"not sent in the last {LATELY.days} days: {counts}", "; ".join(remedies))


def _blocked(blocked: Sequence[Backlog]) -> Iterator[Finding]:
    """What Slack lets nothing through to."""
    for one in blocked:
        target, error = one.destination.target or "everything", one.destination.error
        remedy = REMEDIES.get(error, "see the log: 'Slack lets nothing through'")
        waiting = f", {one.waiting} waiting" if one.waiting else ""
        yield Finding("Stopped", f"{target}: {error}{waiting}", f"{remedy}; then 'Try again'")


def _holidays(country: str, now: datetime) -> Finding:
    if not country:
        return Finding("Holidays", "Monday to Friday; set a country in /gemba settings for public holidays")
    horizon = HORIZON.get(country)
    if horizon is None:
        return Finding("Holidays", f"{country}: known")
    near = (horizon - now.astimezone(ZoneInfo("UTC")).date()).days < 45
    remedy = "next year is not known yet: due dates beyond are provisional; update Gemba" if near else ""
    return Finding("Holidays", f"{country}: make-up days known up to {horizon}", remedy)
