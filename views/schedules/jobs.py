"""What time does, in words: each job's name and what it is for, as the sandbox's clock shows them."""

from views.core import Language
from views.core.labels import label

_WORDING: dict[str, tuple[str, str]] = {
    "weekly-sync": (label("Weekly sync"), label("Posts the sync of a team channel")),
    "sync-asks": (label("Question before the sync"), label("Asks what is done, next and blocked")),
    "digest": (label("Daily digest"), label("Tells a person what is due")),
    "board": (label("What is overdue"), label("Shows a channel what is overdue there")),
    "overdue-reminders": (label("New people"), label("Meets those who owe something")),
    "directory": (label("Members"), label("Reads who is in the bot's channels")),
    "suggestions": (label("Suggestion box"), label("Takes in anonymous suggestions")),
    "feedback-asks": (label("Feedback on pilots"), label("Asks participants how their week went")),
    "kpi-sources": (label("KPI values"), label("Works out KPIs, asks other databases")),
    "kpi-report": (label("KPI report"), label("Tells a channel each month how its KPIs stand")),
    "kpi-alerts": (label("KPI alerts"), label("Judges new values, asks for missing ones")),
}
_OUTCOMES = {
    "ran": label("Done. What it had to say is in the channels."),
    "nothing_to_say": label("There is nothing to say right now."),
    "already_ran": label("This was done for this period already; nothing is said twice."),
    "skipped": label("It is too late for this period; it was left out."),
}


def kind_of(job: str, subject: str) -> str:
    """Reminders go to people as a digest, to channels as a board: two things for who reads them."""
    if job != "overdue-reminders" or not subject:
        return job
    return "board" if subject.startswith(("C", "G")) else "digest"


def name(job: str, subject: str, t: Language) -> str:
    return t(_WORDING.get(kind_of(job, subject), (job, ""))[0])


def purpose(job: str, subject: str, t: Language) -> str:
    return t(_WORDING.get(kind_of(job, subject), ("", job))[1])


def outcome(what: str, t: Language) -> str:
    """What came of running it by hand."""
    return t(_OUTCOMES.get(what, what))
