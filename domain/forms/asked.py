"""How the fields of a form are asked for: what stands beside a field's type, once."""

from dataclasses import dataclass
from enum import Enum, auto

from domain.core import Words


class Menu(Enum):
    """What a field is chosen from, where its type does not tell."""

    PERSON = auto()
    ONE_PERSON = auto()  # which can be emptied again
    PEOPLE = auto()
    CHANNEL = auto()
    ONE_CHANNEL = auto()  # which can be emptied again
    SELECT = auto()  # among few choices, in place of radio buttons
    SEVERAL = auto()  # among many, in place of checkboxes


@dataclass(frozen=True, slots=True)
class Asked:
    """In the annotation of a field: its label, and what helps to fill it in.

    A choice is made by radio buttons, a choice of several by checkboxes, unless `menu` says otherwise. `lines`: a text
    of several lines, `longest` characters where its type sets no limit. Whether it may be left out follows from its
    default, unless `optional` says so. Places in the words get their values from who opens the form.
    """

    label: Words
    hint: Words | None = None
    placeholder: Words | None = None
    menu: Menu | None = None
    lines: bool = False
    longest: int = 3_000
    optional: bool | None = None
