"""From the model of a form to the fields of its modal. What is typed comes back by `Form.read`, by the same names."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, time
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic.fields import FieldInfo

from domain.core import Bilingual, Record, Words
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
    elements: Mapping[str, b.Element | None] = NONE,
    values: Mapping[str, Any] = NONE,
    hints: Mapping[str, str] = NONE,
    above: Mapping[str, Sequence[b.Block]] = NONE,
    focus: str = "",
) -> list[b.Block]:
    """A field for each that the form asks for, in its order.

    `typed` is what stands in them at first, by their names or as an object that has them; else their defaults do.
    `choices` are the options of menus that are not an enumeration's, `elements` are drawn already: a field whose menu
    has no options, or whose element is None, is left out. `values` are those of labels and hints, `hints` those that
    differ by the situation, `above` what stands before a field. The cursor stands in `focus`.
    """
    made: list[b.Block] = []
    for name, field in form.model_fields.items():
        asked = next((note for note in field.metadata if isinstance(note, Asked)), None)
        if asked is None or choices.get(name, True) == [] or elements.get(name, True) is None:
            continue
        default = None if field.is_required() else field.default
        at_first = typed.get(name, default) if isinstance(typed, Mapping) else getattr(typed, name, default)
        placeholder = _said(asked.placeholder, values, t)
        element = elements.get(name) or _element(name, field, asked, t, at_first, choices.get(name), placeholder)
        if name == focus:
            element["focus_on_load"] = True
        label, hint = _said(asked.label, values, t), hints.get(name) or _said(asked.hint, values, t)
        optional = not field.is_required() and not field.default if asked.optional is None else asked.optional
        tell = "dispatch_action_config" in element
        made += [*above.get(name, ()), b.field_input(name, label, element, hint=hint, optional=optional, tell=tell)]
    return made


def of_record(record: Record, **others: Any) -> dict[str, Any]:
    """What stands in the form of a record: its fields, a name in both languages as two, and `others` in their place."""
    typed = {field.name: getattr(record, field.name) for field in fields(record)}
    for name, text in list(typed.items()):
        if isinstance(text, Bilingual):
            typed |= {name: text.text, f"{name}_zh": text.text_zh}
    return typed | others


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
    limits = [note.max_length for note in field.metadata if isinstance(note, MaxLen) and not several]
    longest = min(limits, default=NUMBER if issubclass(kind, int) and not several else asked.longest)
    initial = "\n".join(typed) if isinstance(typed, tuple) else "" if typed is None else t.format(typed)
    return b.text_input(name, initial=initial, placeholder=placeholder, multiline=asked.lines, longest=longest)


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
