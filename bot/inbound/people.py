"""Who a request comes from: as stored, asked of Slack on first sight and once a day after that."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import monotonic

from bot.settings import Settings
from bot.slack.gateway import Gateway
from domain.core import NotFound, NotNow, UnitOfWork
from domain.people.actions import register
from domain.people.record import Member, TeamChannel, Workspace, is_person
from storage.caches.switch import CACHES
from storage.unit_of_work import Commit, Database
from views.core import Language, language, language_of

FRESH_FOR = timedelta(days=1)
REMEMBERED_SECONDS = 2.0  # how long a change made by another replica may go unseen


class People:
    """Members of the workspaces, by user id."""

    def __init__(self, database: Database, gateway: Gateway, settings: Settings) -> None:
        self._database = database
        self._gateway = gateway
        self._settings = settings
        self._remembered: dict[tuple[str, str], tuple[float, Member]] = {}
        database.listeners.append(self._forget)

    def get(self, team_id: str, user_id: str) -> Member:
        """The person, as stored at most two seconds ago. Raises NotFound for one that Slack does not know.

        Typing into a form or pressing buttons sends many requests of one person: most need no look at the database.
        """
        until, member = self._remembered.get((team_id, user_id), (0.0, None))
        if member is None or until < monotonic() or not CACHES.on:
            member = self._look_up(team_id, user_id)
            self._remembered[team_id, user_id] = (monotonic() + REMEMBERED_SECONDS, member)
        return member

    def _forget(self, commit: Commit) -> None:
        if "members" in commit.changed:
            self._remembered.clear()

    def _look_up(self, team_id: str, user_id: str) -> Member:
        """Slack is asked where they are not known, or not asked about for a day."""
        with self._database.reading(team_id) as work:
            stored = work.of(Member).one(user_id=user_id)
        fresh = stored and stored.seen_at and datetime.now(UTC) - stored.seen_at <= FRESH_FOR
        member = stored if stored and fresh else self._refreshed(team_id, user_id, stored)
        admins = self._settings.gemba_admins
        return replace(member, is_admin=user_id in admins) if admins else member

    def register(self, team_id: str, reader: str) -> None:
        """Ask about a person who is about to read something: so it is in their language, and they get reminders."""
        if is_person(reader):
            with suppress(NotFound, NotNow):  # then it goes out in the workspace's language
                self.get(team_id, reader)

    def refresh(self, team_id: str, user_id: str) -> Member:
        """Take over what Slack says now: name, locale, time zone, admin."""
        seen = self._gateway.member(user_id)
        now = self._database.clock.now()
        with self._database.writing(team_id) as work:
            return register(work, seen, now=now)

    def _refreshed(self, team_id: str, user_id: str, stored: Member | None) -> Member:
        """Who is known can go on while nothing can be saved, or Slack does not answer."""
        try:
            return self.refresh(team_id, user_id)
        except NotNow:
            if stored is None:
                raise
            return stored

    def language_of(self, team_id: str, member: Member) -> Language:
        """What a person reads. Nearly all have said so, or Slack does: only for others the workspace is looked at."""
        workspace = Workspace(language=self._settings.gemba_language)
        if member.user_id and not (member.language or member.locale):
            with self._database.reading(team_id) as work:
                workspace = work.workspace
        return language_of(member, workspace, self._settings.gemba_prefix)

    def language_for(self, work: UnitOfWork, target: str) -> Language:
        """The language of where a message goes: a channel's setting, or a person's."""
        workspace, channel = work.workspace, None
        if not is_person(target):
            channel = work.of(TeamChannel).cached(channel_id=target)
        elif member := work.of(Member).one(user_id=target):
            return language_of(member, workspace, self._settings.gemba_prefix)
        tag, timezone = (channel.language, channel.timezone) if channel else ("", "")
        return language(tag or workspace.language, timezone or workspace.timezone, self._settings.gemba_prefix)
