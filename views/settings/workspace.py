"""The settings of the whole workspace, and who has which role."""

from collections.abc import Sequence
from typing import Any

from domain.people.record import Workspace
from views.core import blocks as b
from views.core.language import Language
from views.core.markup import Mrkdwn, channel, person, said
from views.settings import menu as settings
from views.settings import time_zones


def form(known: Workspace, t: Language, metadata: str) -> dict[str, Any]:
    return settings.form(
        "settings.workspace",
        t("Workspace"),
        [
            b.field_input(
                "timezone",
                t("Time zone"),
                b.search_select("settings.zone", time_zones.option(known.timezone, t), t("Search for a city")),
            ),
            b.field_input(
                "language",
                t("Language where nothing else is set"),
                b.select("language", settings.languages(t), initial=known.language),
            ),
            b.field_input(
                "country",
                t("Public holidays of"),
                b.search_select(
                    "settings.country", time_zones.country_option(known.country, t), t("Search for a country")
                ),
                hint=t("Working days leave them out, and count make-up days. Due dates are in working days."),
            ),
            b.field_input(
                "triage_channel",
                t("Channel for suggestions"),
                b.one_channel("triage_channel", known.triage_channel, t("None yet")),
                optional=True,
                hint=t("Suggestions land here. Take a private channel of those who decide on them."),
            ),
            _days("due_days_high", t("Days to solve an issue of high severity"), known.due_days_high),
            _days("due_days_medium", t("Days to solve one of medium severity"), known.due_days_medium),
            _days("due_days_low", t("Days to solve one of low severity"), known.due_days_low),
            _days("soon_days", t("Remind how many days before the due date?"), known.soon_days),
            _days("escalate_days", t("Tell the department head after how many days overdue?"), known.escalate_days),
            _days("sponsor_days", t("Tell the sponsor after how many days overdue?"), known.sponsor_days),
            _days("feedback_minimum", t("Fewest answers to judge a pilot by"), known.feedback_minimum),
        ],
        t,
        metadata,
    )


def saved(known: Workspace, t: Language, metadata: str) -> dict[str, Any]:
    return settings.saved(
        [
            t.markup(
                "An issue is due after {high}, {medium} or {low} working days, by severity.",
                high=known.due_days_high,
                medium=known.due_days_medium,
                low=known.due_days_low,
            ),
            t.markup(
                "Overdue work goes to the department head after {head} working days, to the sponsor after {sponsor}.",
                head=known.escalate_days,
                sponsor=known.sponsor_days,
            ),
            t.markup("Suggestions go to {channel}.", channel=channel(known.triage_channel))
            if known.triage_channel
            else said(t("Suggestions have no channel yet: they wait until you choose one.")),
        ],
        t,
        metadata,
    )


def roles_form(
    leads: Sequence[str], triagers: Sequence[str], sponsor: str, t: Language, metadata: str
) -> dict[str, Any]:
    return settings.form(
        "settings.roles",
        t("Roles"),
        [
            b.field_input(
                "leads",
                t("Improvement leads"),
                b.people_select("leads", leads),
                optional=True,
                hint=t("They may change all issues, tasks, channels, departments and processes."),
            ),
            b.field_input(
                "triagers",
                t("Triagers"),
                b.people_select("triagers", triagers),
                optional=True,
                hint=t("They decide on suggestions, and see who made a confidential one."),
            ),
            b.field_input(
                "sponsor",
                t("Sponsor"),
                b.one_person("sponsor", sponsor, t("Nobody")),
                optional=True,
                hint=t("Is told last, of work that stays overdue."),
            ),
            b.section(said(t("Admins of the Slack workspace may do everything. That is set in Slack."))),
        ],
        t,
        metadata,
    )


def roles_saved(
    leads: Sequence[str], triagers: Sequence[str], sponsor: str, t: Language, metadata: str
) -> dict[str, Any]:
    return settings.saved(
        [
            t.markup("Leads: {people}", people=_people(leads, t)),
            t.markup("Triagers: {people}", people=_people(triagers, t)),
            t.markup("Sponsor: {people}", people=_people([sponsor] if sponsor else [], t)),
        ],
        t,
        metadata,
    )


def _people(user_ids: Sequence[str], t: Language) -> Mrkdwn:
    return Mrkdwn(", ".join(person(user_id) for user_id in user_ids)) or said(t("nobody"))


def _days(name: str, label: str, value: int) -> b.Block:
    return b.field_input(name, label, b.text_input(name, initial=str(value), longest=10))
