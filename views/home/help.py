"""What can be typed: the manifest, the help and the docs are made from the same lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.core import Command as Typed
from views.core import Language, blocks as b, code, lines, said
from views.core.labels import label

HELP = "help"


@dataclass(frozen=True, slots=True)
class Usage:
    """A line of help: what to type behind the command, and what it does."""

    hint: str
    does: str


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command as the manifest announces it (`description`, `hint`), and its lines of help."""

    name: str
    description: str
    usages: tuple[Usage, ...]

    @property
    def takes_text(self) -> bool:
        """What is no subcommand is a title, a text, a name."""
        return any(usage.hint.startswith("[") for usage in self.usages[:1])

    @property
    def hint(self) -> str:
        """`[title] | list | show I-12 | help`; of a command that takes no text the first words alone."""
        until = " [" if self.takes_text else " "
        hints = {usage.hint.partition(" ")[0]: usage.hint.partition(until)[0] for usage in reversed(self.usages)}
        return " | ".join([*filter(None, reversed(hints.values())), HELP])


PLACEHOLDERS = (
    label("[title]"),
    label("[text]"),
    label("[name]"),
    label("[pilot]"),
    label("PROCESS"),
    label("PILOT"),
    label("METRIC"),
    label("CODE"),
    label("TITLE"),
    label("NAME"),
    label("SEGMENT"),
    label("VALUE"),
    label("DATE"),
)
"""What stands for something of one's own in a hint."""


def of_commands(wanted: Sequence[Command], t: Language) -> b.Rendered:
    """The help of some commands."""
    sections = []
    for command in wanted:
        texts = [
            lines(code(t.format(Typed(f"{command.name} {hint_in(usage.hint, t)}".strip()))), said(t(usage.does)))
            for usage in command.usages
        ]
        sections.append(b.section(lines(*texts)))
    return b.sentence(said(t("What you can type:")), *sections)


def hint_in(hint: str, t: Language) -> str:
    """The hint with its placeholders in the reader's language; what is typed as it stands stays as it is."""
    for placeholder in PLACEHOLDERS:
        hint = hint.replace(placeholder, t(placeholder))
    return hint
