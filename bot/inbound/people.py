"""Who a request comes from: as stored; Slack is asked about those of whom nothing is."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TypeVar

from bot.settings import Settings
from bot.slack.gateway import Gateway
from domain.core import NotFound, NotNow, UnitOfWork
from domain.people.actions import facts_from_slack
from domain.people.record import Member, TeamChannel, Workspace, is_person
from storage.caches.switch import CACHES
from storage.unit_of_work import Commit, Database
from views.core import Language, language, language_of

K = TypeVar("K")
FRESH_FOR = timedelta(days=2)  # the directory is read every day; where that fails, Slack is asked about each person
ASKED_FOR = timedelta(hours=1)
MOST_REMEMBERED = 20_000
REMEMBERED_SECONDS = 2.0  # how long a change made by another replica may go unseen


class People:
    """Members of the workspaces, by user id. Using the bot stores nobody: what Slack says of them is kept in memory."""

    def __init__(self, database: Database, gateway: Gateway, settings: Settings) -> None:
        self._database = database
        self._gateway = gateway
        self._settings = settings
        self._remembered: dict[tuple[str, str], tuple[float, Member]] = {}
        self._asked: dict[str, tuple[float, Member]] = {}
        database.listeners.append(self._forget)

    def get(self, team_id: str, user_id: str) -> Member:
        """The person, as stored at most two seconds ago; its id is 0 where nothing is stored of them.

        Raises NotFound for one that Slack does not know. Typing into a form or pressing buttons sends many requests of
        one person: most need no look at the database.
        """
        until, member = self._remembered.get((team_id, user_id), (0.0, None))
        if member is None or until < monotonic() or not CACHES.on:
            member = self._look_up(team_id, user_id)
            _keep(self._remembered, (team_id, user_id), member, REMEMBERED_SECONDS)
        return member

    def asked(self, user_id: str) -> Member:
        """What Slack said of them at most an hour ago. Raises NotFound, NotNow."""
        until, seen = self._asked.get(user_id, (0.0, None))
        if seen is None or until < monotonic():
            seen = self._gateway.member(user_id)
            _keep(self._asked, user_id, seen, ASKED_FOR.total_seconds())
        return seen

    def reader(self, team_id: str, user_id: str) -> Member | None:
        """Who is about to read something, so that it is in their language; None while nobody can say who they are."""
        with suppress(NotFound, NotNow):
            return self.get(team_id, user_id)
        return None

    def _forget(self, commit: Commit) -> None:
        if "members" in commit.changed:
            self._remembered.clear()

    def _look_up(self, team_id: str, user_id: str) -> Member:
        """Slack is asked where nothing is stored of them, or what is has not been seen to be so for long."""
        with self._database.reading(team_id) as work:
            stored, workspace = work.of(Member).one(user_id=user_id), work.workspace
        fresh = stored and stored.seen_at and datetime.now(UTC) - stored.seen_at <= FRESH_FOR
        member = stored if stored and fresh else self._refreshed(user_id, stored, workspace)
        admins = self._settings.gemba_admins
        return replace(member, is_admin=user_id in admins) if admins else member

    def _refreshed(self, user_id: str, stored: Member | None, workspace: Workspace) -> Member:
        """Who is stored can go on while Slack does not answer."""
        try:
            seen = self.asked(user_id)
        except NotNow:
            if stored is None:
                raise
            return stored
        return replace(stored or seen, **facts_from_slack(seen, workspace))

    def language_of(self, team_id: str, member: Member) -> Language:
        """What a person reads. Nearly all have said so, or Slack does: only for others the workspace is looked at."""
        workspace = Workspace(language=self._settings.gemba_language)
        if member.user_id and not (member.language or member.locale):
            with self._database.reading(team_id) as work:
                workspace = work.workspace
        return language_of(member, workspace, self._settings.gemba_prefix)

    def language_for(self, work: UnitOfWork, target: str, reader: Member | None) -> Language:
        """The language of where a message goes: a channel's setting, or that of the person who reads it."""
        workspace = work.workspace
        if reader:
            return language_of(reader, workspace, self._settings.gemba_prefix)
        channel = None if is_person(target) else work.of(TeamChannel).cached(channel_id=target)
        tag, timezone = (channel.language, channel.timezone) if channel else ("", "")
        return language(tag or workspace.language, timezone or workspace.timezone, self._settings.gemba_prefix)


def _keep(memory: dict[K, tuple[float, Member]], key: K, member: Member, seconds: float) -> None:
    if len(memory) >= MOST_REMEMBERED:
        memory.clear()
    memory[key] = (monotonic() + seconds, member)
