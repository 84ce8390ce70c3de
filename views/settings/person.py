"""A person's own settings."""

from datetime import datetime
from typing import Any

from domain.people.record import Member
from views.core import blocks as b
from views.core.language import Language
from views.core.markup import Mrkdwn, person, said
from views.settings import menu as settings


def form(member: Member, t: Language, metadata: str) -> dict[str, Any]:
    as_slack = b.option(t("As in my Slack"), "slack")
    return settings.form(
        "settings.person",
        t("My settings"),
        [
            b.field_input(
                "language",
                t("Language"),
                b.select("language", settings.languages(t, as_slack, both=False), initial=member.language or "slack"),
            ),
            b.field_input(
                "digest_time",
                t("When shall the daily digest come?"),
                b.time_picker("digest_time", f"{member.digest_time:%H:%M}"),
                hint=t(
                    "What you owe, once a day, only if something is due. In your time zone: {zone}.",
                    zone=member.timezone,
                ),
            ),
            b.field_input(
                "quiet_days",
                t("Quiet days"),
                b.checkboxes("quiet_days", settings.weekdays(t), map(str, member.quiet_days)),
                hint=t("No reminders on these days."),
                optional=True,
            ),
            b.field_input(
                "deputy",
                t("Deputy"),
                b.one_person("deputy", member.deputy, t("Nobody")),
                hint=t("May change what you own, and gets your reminders while every day is quiet for you."),
                optional=True,
            ),
        ],
        t,
        metadata,
    )


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
