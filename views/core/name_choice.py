"""When it is not clear what is meant by a name: those that may be, each a button; what was typed stays in sight."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.processes.record import Process
from domain.projects.record import Project
from views.core import blocks as b
from views.core.language import Language
from views.core.markup import said

SHOWN = 5
Named = Process | Project


@dataclass(frozen=True, slots=True)
class Sentences:
    """What is said of one kind of record, in the reader's language; `command` is what the buttons run."""

    command: str  # `gemba project`
    did_you_mean: str
    see_list: str
    which: str
    none_yet: str


def unknown(typed: str, near: Sequence[Named], say: Sentences, t: Language) -> b.Rendered:
    """`near`: what may have been meant, the likeliest first."""
    buttons = _buttons(near, say, t) or [_list(say, t)]
    return b.sentence(said(say.did_you_mean if near else say.see_list), b.quote(typed), b.actions(*buttons))


def which(offered: Sequence[Named], say: Sentences, t: Language) -> b.Rendered:
    """No name was typed."""
    if not offered:
        return b.sentence(said(say.none_yet))
    buttons = _buttons(offered, say, t)
    more = [_list(say, t)] if len(offered) > SHOWN else []
    return b.sentence(said(say.which), b.actions(*buttons, *more))


def _buttons(offered: Sequence[Named], say: Sentences, t: Language) -> list[b.Element]:
    return [
        b.button(t.name(one.name), f"command.run:{number}", f"{say.command} show {one.name}")
        for number, one in enumerate(offered[:SHOWN])
    ]


def _list(say: Sentences, t: Language) -> b.Element:
    return b.button(t("Show the list"), "command.run:list", f"{say.command} list")
