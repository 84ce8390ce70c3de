"""When it is not clear which pilot is meant: those that may be, each a button; what was typed stays in sight."""

from collections.abc import Callable, Sequence

from domain.core import Command
from domain.pilots.record import Pilot
from views.core import Language, blocks as b, said

SHOWN = 5
Pick = Callable[[Pilot], tuple[str, str]]
"""Action and value of a pilot's button."""


def choose(sentence: str, pilots: Sequence[Pilot], pick: Pick, t: Language, typed: str = "") -> b.Rendered:
    buttons = [_button(pilot, pick, t) for pilot in pilots[:SHOWN]]
    quoted = [b.quote(typed)] if typed else []
    return b.sentence(said(sentence), *quoted, *([b.actions(*buttons)] if buttons else []))


def unknown(typed: str, near: Sequence[Pilot], pick: Pick, t: Language) -> b.Rendered:
    """`near`: who may have been meant, the likeliest first."""
    sentence = (
        t("There is no pilot of that name here. Did you mean one of these?")
        if near
        else t("There is no pilot of that name here. Look at the list: {command}", command=Command("gemba pilot list"))
    )
    return choose(sentence, near, pick, t, typed)


def which(pilots: Sequence[Pilot], pick: Pick, t: Language) -> b.Rendered:
    if not pilots:
        return choose(t("There is no pilot yet. Start one: {command}", command=Command("gemba pilot add")), [], pick, t)
    return choose(t("Which pilot?"), pilots, pick, t)


def run(command: str) -> Pick:
    """A button that types `command` with the pilot's number behind it."""
    return lambda pilot: (f"command.run:{pilot.id}", f"{command} {pilot.reference}")


def rate(pilot: Pilot) -> tuple[str, str]:
    """A button that opens the feedback form."""
    return f"feedback.open:{pilot.id}", str(pilot.id)


def _button(pilot: Pilot, pick: Pick, t: Language) -> b.Element:
    action, value = pick(pilot)
    return b.button(f"{pilot.reference} · {t.name(pilot.name)}", action, value)
