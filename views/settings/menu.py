"""The menu of all settings, and the pieces that its forms share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.people.record import Member
from views.core import BOTH, CHINESE, ENGLISH, Language, Mrkdwn, blocks as b, bold, channel, lines, said


@dataclass(frozen=True, slots=True)
class Menu:
    """What the menu offers a person. `channel_id` is where they are; empty in direct messages and on the Home tab."""

    member: Member
    channel_id: str = ""
    channel: bool = False  # may change this channel
    structure: bool = False  # may change departments
    processes: bool = False
    workspace: bool = False


def menu(offered: Menu, t: Language, metadata: str) -> dict[str, Any]:
    """Each kind of setting with a button."""
    here = offered.channel_id
    rows = [
        _row(t("My settings"), said(_of_person(offered.member, t)), "settings.person", "", t),
        _row(t("Team channel"), _of_channel(here, t), "settings.channel", here, t, change=offered.channel),
    ]
    if offered.structure:
        about = said(t("Their heads, deputies, channels and members"))
        rows.append(_row(t("Departments"), about, "settings.departments", "0", t))
    if offered.processes:
        about = said(t("The process inventory: owners, versions, key steps"))
        rows.append(_row(t("Processes"), about, "settings.processes", "0", t))
    if offered.workspace:
        about = said(t("Time zone, language, holidays, suggestions, due dates and reminders"))
        rows.append(_row(t("Workspace"), about, "settings.workspace", "", t))
        about = said(t("Who leads, who triages suggestions, who sponsors"))
        rows.append(_row(t("Roles"), about, "settings.roles", "", t))
    else:
        rows.append(b.context(said(t("Leads and admins set departments and roles. Ask one of them."))))
    return b.modal("settings.menu", t("Settings"), rows, close=t("Close"), metadata=metadata)


def saved(sentences: Sequence[Mrkdwn], t: Language, metadata: str = "") -> dict[str, Any]:
    """What was saved, and what happens next."""
    text = lines(bold(t("Saved.")), *sentences)
    return b.modal(b.READ_ONLY, t("Settings"), [b.section(text), back(t)], close=t("Done"), metadata=metadata)


def back(t: Language) -> b.Block:
    """The way back to the menu."""
    return b.actions(b.button(t("All settings"), "settings.menu"))


def form(callback: str, title: str, blocks: Sequence[b.Block], t: Language, metadata: str) -> dict[str, Any]:
    return b.modal(callback, title, blocks, submit=t("Save"), close=t("Cancel"), metadata=metadata)


def weekdays(t: Language) -> list[dict[str, Any]]:
    return [b.option(t.weekday(day), str(day)) for day in range(7)]


def languages(t: Language, *before: dict[str, Any], both: bool = True) -> list[dict[str, Any]]:
    """The languages to choose from, after other entries."""
    each = [b.option(language_name(tag, t), tag) for tag in (ENGLISH, CHINESE, BOTH)]
    return [*before, *(each if both else each[:2])]


def language_name(tag: str, t: Language) -> str:
    return {ENGLISH: t("English"), CHINESE: t("Chinese (中文)")}.get(tag) or t("English and Chinese")


def _of_person(member: Member, t: Language) -> str:
    chosen = language_name(member.language, t) if member.language else t("language as in Slack")
    return t("Now: {language}, digest at {time}", language=chosen, time=f"{member.digest_time:%H:%M}")


def _of_channel(channel_id: str, t: Language) -> Mrkdwn:
    if not channel_id:
        return said(t("What a channel is for, what it hears, when it has its sync"))
    return t.markup("What {channel} is for, what it hears, when it has its sync", channel=channel(channel_id))


def _row(title: str, about: Mrkdwn, action: str, value: str, t: Language, *, change: bool = True) -> b.Block:
    """`change`: else it can only be looked at."""
    text, label = (
        (t("Change"), t("Change: {what}", what=title)) if change else (t("Show"), t("Show: {what}", what=title))
    )
    return b.section(lines(bold(title), about), b.button(text, action, value, label=label))
