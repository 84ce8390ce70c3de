"""A person's own settings."""

from datetime import datetime
from typing import Any

from domain.people.record import Member
from domain.settings.forms import PersonForm
from views.core import Language, Mrkdwn, blocks as b, inputs, of_record, person, said
from views.settings import menu as settings


def form(member: Member, t: Language, metadata: str) -> dict[str, Any]:
    as_slack = b.option(t("As in my Slack"), "slack")
    fields = inputs(
        PersonForm,
        t,
        of_record(member, language=member.language or "slack"),
        choices={"language": settings.languages(t, as_slack, both=False), "quiet_days": settings.weekdays(t)},
        values={"zone": member.timezone},
    )
    return settings.form("settings.person", t("My settings"), fields, t, metadata)


def saved(member: Member, digest: datetime | None, t: Language, metadata: str) -> dict[str, Any]:
    """In the language that was just chosen."""
    return settings.saved([_next(digest, t), *_deputy(member, t)], t, metadata)


def _next(digest: datetime | None, t: Language) -> Mrkdwn:
    if digest is None:
        return said(t("Every day is quiet: you get no digest. App Home shows what you owe."))
    local = digest.astimezone(t.zone)
    return t.markup("Next digest, if something is due: {day}, {time}.", day=t.day(local.date()), time=f"{local:%H:%M}")


def _deputy(member: Member, t: Language) -> list[Mrkdwn]:
    return [t.markup("{deputy} stands in for you.", deputy=person(member.deputy))] if member.deputy else []
