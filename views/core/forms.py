"""From the model of a form to the fields of its modal. What is typed comes back by `Form.read`, by the same names."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic.fields import FieldInfo

from domain.core.wording import Words
from domain.forms.asked import Asked, Menu
from domain.forms.base import Form
from views.core import blocks as b
from views.core.language import Language

Choices = Mapping[str, Sequence[dict[str, Any]]]
NONE: Mapping[str, Any] = {}
NUMBER = 10  # characters of a whole number


def inputs(
    form: type[Form],
    t: Language,
    typed: object = NONE,
    *,
    choices: Choices = NONE,
    elements: Mapping[str, b.Element] = NONE,
    values: Mapping[str, Any] = NONE,
    hints: Mapping[str, str] = NONE,
    focus: str = "",
) -> list[b.Block]:
    """A field for each that the form asks for, in its order.

    `typed` is what stands in them at first, by their names or as a record that has them. `choices` are the options of
    menus that are not an enumeration's: a field whose menu has none is left out. `elements` are drawn already.
    `values` are those of labels and hints, `hints` those that differ by the situation. The cursor stands in `focus`.
    """
    made = []
    for name, field in form.model_fields.items():
        asked = next((note for note in field.metadata if isinstance(note, Asked)), None)
        if asked is None or choices.get(name, True) == []:
            continue
        at_first = typed.get(name) if isinstance(typed, Mapping) else getattr(typed, name, None)
        placeholder = _said(asked.placeholder, values, t)
        drawn = elements.get(name)
        element = drawn or _element(name, field, asked, t, at_first, choices.get(name), placeholder)
        if name == focus:
            element["focus_on_load"] = True
        label, hint = _said(asked.label, values, t), hints.get(name) or _said(asked.hint, values, t)
        optional = not field.is_required() and not field.default if asked.optional is None else asked.optional
        made.append(b.field_input(name, label, element, hint=hint, optional=optional))
    return made


def _element(
    name: str,
    field: FieldInfo,
    asked: Asked,
    t: Language,
    typed: Any,
    choices: Sequence[dict[str, Any]] | None,
    placeholder: str,
) -> b.Element:
    kind, several = _type_of(field)
    match asked.menu:
        case Menu.PERSON:
            return b.person_select(name, typed or "", placeholder)
        case Menu.ONE_PERSON:
            return b.one_person(name, typed or "", placeholder)
        case Menu.PEOPLE:
            return b.people_select(name, typed or ())
        case Menu.CHANNEL:
            return b.channel_select(name, typed or "")
        case Menu.ONE_CHANNEL:
            return b.one_channel(name, typed or "", placeholder)
    if choices is None and issubclass(kind, Enum):
        choices = [b.option(t.label(member), member.value) for member in kind]
    if choices is not None:
        return _choice(name, asked, choices, typed, placeholder, several=several)
    if issubclass(kind, date):
        return b.date_picker(name, str(typed or ""))
    if issubclass(kind, time):
        return b.time_picker(name, f"{typed:%H:%M}" if typed else "")
    most = NUMBER if issubclass(kind, int) else b.SECTION
    longest = asked.longest or next((note.max_length for note in field.metadata if isinstance(note, MaxLen)), most)
    initial = "" if typed is None else t.format(typed)
    return b.text_input(
        name,
        initial=initial,
        placeholder=placeholder,
        multiline=asked.lines,
        longest=longest,
    )


def _choice(
    name: str, asked: Asked, choices: Sequence[dict[str, Any]], typed: Any, placeholder: str, *, several: bool
) -> b.Element:
    if several:
        wanted = [str(one) for one in typed or ()]
        if asked.menu is Menu.SEVERAL:
            return b.multi_select(name, choices, wanted, placeholder)
        return b.checkboxes(name, choices, wanted)
    initial = "" if typed is None else str(typed)
    if asked.menu is Menu.SELECT:
        return b.select(name, choices, initial=initial, placeholder=placeholder)
    return b.radio(name, choices, initial=initial)


def _type_of(field: FieldInfo) -> tuple[type, bool]:
    """The type of its value, and whether it takes several."""
    kind: Any = field.annotation
    if get_origin(kind) in (Union, UnionType):
        kind = next(part for part in get_args(kind) if part is not type(None))
    several = get_origin(kind) is tuple
    kind = get_args(kind)[0] if several else kind
    kind = get_args(kind)[0] if hasattr(kind, "__metadata__") else kind
    return (kind if isinstance(kind, type) else str), several


def _said(words: Words | None, values: Mapping[str, Any], t: Language) -> str:
    return t(words.message, **{**words.values, **values}) if words else ""
