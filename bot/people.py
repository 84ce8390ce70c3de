"""Who a request comes from: as stored, asked of Slack on first sight and once a day after that."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.gateway import Gateway
from bot.settings import Settings
from domain.ports import UnitOfWork
from domain.records.people import Member
from domain.use_cases.schedules import schedule_member
from storage.unit_of_work import Database
from views.language import Language, language, tag_of_locale

FRESH_FOR = timedelta(days=1)


class People:
    """Members of the workspaces, by user id."""

    def __init__(self, database: Database, gateway: Gateway, settings: Settings) -> None:
        self._database = database
        self._gateway = gateway
        self._settings = settings

    def get(self, team_id: str, user_id: str) -> Member:
        """The person; Slack is asked when she is not known, or not asked about for a day. Raises NotFound."""
        with self._database.reading(team_id) as work:
            known = work.members.one(user_id=user_id)
        if known is None or known.seen_at is None or datetime.now(UTC) - known.seen_at > FRESH_FOR:
            known = self.refresh(team_id, user_id)
        return self._with_configured_admins(known)

    def refresh(self, team_id: str, user_id: str) -> Member:
        """Take over what Slack says now: name, locale, time zone, admin."""
        seen = self._gateway.member(user_id)
        now = self._database.clock.now()
        with self._database.writing(team_id) as work:
            known = work.members.one(user_id=user_id)
            fresh: dict[str, Any] = {
                "name": seen.name,
                "locale": seen.locale,
                "timezone": seen.timezone or self._settings.gemba_timezone,
                "is_admin": seen.is_admin,
                "seen_at": datetime.now(UTC),
            }
            if known is None:
                known = work.members.add(Member(user_id=user_id, **fresh), by="", at=now, verb="met")
            else:
                known = work.members.change(known, by="", at=now, verb="seen", **fresh)
            schedule_member(work, known, now=now)
        return known

    def language_of(self, member: Member) -> Language:
        tag = member.language or tag_of_locale(member.locale) or self._settings.gemba_language
        return language(tag, member.timezone)

    def language_for(self, work: UnitOfWork, target: str) -> Language:
        """The language of where a message goes: a channel's setting, or a person's."""
        if target.startswith(("U", "W")):
            member = work.members.one(user_id=target)
            return self.language_of(member) if member else self._default(work)
        channel = work.channels.one(channel_id=target)
        if channel is None:
            return self._default(work)
        return language(channel.language or work.workspace.language, channel.timezone or work.workspace.timezone)

    def _default(self, work: UnitOfWork) -> Language:
        return language(work.workspace.language, work.workspace.timezone)

    def _with_configured_admins(self, member: Member) -> Member:
        if not self._settings.gemba_admins:
            return member
        return replace(member, is_admin=member.user_id in self._settings.gemba_admins)
