"""A reader's language: sentences from the gettext catalogues, and dates, numbers and plurals by CLDR."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

import views
from domain.core import Bilingual, Command, Words
from domain.people.record import Member, Workspace
from views.core.labels import label_of
from views.core.markup import BothMarkup, Mrkdwn, code, said, spaced
from views.core.sides import Both, Figure, beside, figure_once, is_layout, joined, label_and_place, sides_of

ENGLISH, CHINESE, BOTH = "en", "zh_CN", "both"
LOCALES = Path(views.__file__ or "").parent / "locales"


class Language:
    """Puts messages into one language, in one time zone. Values are formatted by what they are:

    dates and instants (in `zone`), numbers, enumerations (by their label), `Words` (translated), `Bilingual` (the
    reader's side), and a `Command` as it is typed where commands have the `prefix`.
    """

    def __init__(self, tag: str, zone: ZoneInfo, prefix: str = "") -> None:
        self.tag = tag
        self.zone = zone
        self.prefix = prefix
        self.locale = Locale.parse(tag)

    def __call__(self, message: str, **values: Any) -> str:
        """Plain text, for plain_text objects."""
        return self._translate(message).format(**{name: self.format(value) for name, value in values.items()})

    def markup(self, message: str, **values: Any) -> Mrkdwn:
        """Mrkdwn: the message is ours; values are made safe unless they are Mrkdwn already."""
        return spaced(
            part
            for text, place in _parts(self._translate(message))
            for part in (text, self._safe(values[place]) if place else "")
        )

    def plural(self, one: str, many: str, count: int | Decimal, **values: Any) -> str:
        """The form for `count`, which is also a value of the message."""
        return self._plural_form(one, many, count).format(
            **{name: self.format(value) for name, value in {**values, "count": count}.items()}
        )

    def words(self, said_by_domain: Words) -> str:
        return self(said_by_domain.message, **said_by_domain.values)

    def label(self, member: Enum) -> str:
        return self._translate(label_of(member))

    def name(self, text: Bilingual) -> str:
        """The reader's side of what a record has in both languages."""
        return text.text_zh if self.tag == CHINESE and text.text_zh else text.text

    def figure(self, make: Callable[["Language"], str]) -> str:
        """A figure with its unit, as `make` says it in one language."""
        return make(self)

    def listed(self, parts: Sequence[str]) -> str:
        """One behind the other: `quality, risk`, `质量、风险`."""
        return ("、" if self.tag == CHINESE else ", ").join(parts)

    def format(self, value: Any) -> str:
        match value:
            case Command():
                return f"/{self.prefix}{value}"
            case str() if not isinstance(value, Enum):
                return value
            case Enum():
                return self.label(value)
            case Words():
                return self.words(value)
            case Bilingual():
                return self.name(value)
            case datetime():
                return str(format_datetime(value.astimezone(self.zone), "medium", locale=self.locale))
            case date():
                return str(format_date(value, "medium", locale=self.locale))
            case time():
                return str(format_time(value, "short", locale=self.locale))
            case int() | Decimal():
                return str(format_decimal(value, locale=self.locale, decimal_quantization=False))
        return str(value)

    def _safe(self, value: Any) -> Mrkdwn:
        if isinstance(value, Command):
            return code(self.format(value))
        return value if isinstance(value, Mrkdwn) else said(self.format(value))

    def day(self, value: date) -> str:
        """A day with its weekday, without the year (Mon, Nov 23; 11月23日周一)."""
        return self._skeleton("MMMEd", value)

    def dated(self, value: date) -> str:
        """A day with its weekday and year (Mon, Nov 23, 2026; 2026年11月23日周一)."""
        return self._skeleton("yMMMEd", value)

    def month(self, value: date) -> str:
        return self._skeleton("yMMMM", value)

    def quarter(self, value: date) -> str:
        return self._skeleton("yQQQ", value)

    def weekday(self, day: int) -> str:
        return str(self.locale.days["format"]["wide"][day])

    def _skeleton(self, parts: str, value: date) -> str:
        return str(format_skeleton(parts, value, locale=self.locale))

    def _translate(self, message: str) -> str:
        return _messages(self.tag).get(message) or message

    def _plural_form(self, one: str, many: str, count: int | Decimal) -> str:
        forms = _plurals(self.tag).get(one)
        if forms and all(forms):
            return forms[0] if len(forms) == 1 or count == 1 else forms[1]
        return one if count == 1 else many


class BothLanguages(Language):
    """English and Chinese side by side, for channels that read both."""

    def __init__(self, zone: ZoneInfo, prefix: str = "") -> None:
        super().__init__(ENGLISH, zone, prefix)
        self.tag = BOTH
        self._english, self._chinese = Language(ENGLISH, zone, prefix), Language(CHINESE, zone, prefix)

    def __call__(self, message: str, **values: Any) -> str:
        english, chinese = sides_of(values)
        both = beside(self._english(message, **english), self._chinese(message, **chinese))
        quiet = self._said_once(message, values)
        return Both.of(quiet, both.sides) if quiet else both

    def markup(self, message: str, **values: Any) -> Mrkdwn:
        english, chinese = sides_of(values)
        sides = self._english.markup(message, **english), self._chinese.markup(message, **chinese)
        layout = is_layout(message) and self._english.markup(message, **values)
        return BothMarkup.of(layout or joined(*sides), sides)

    def plural(self, one: str, many: str, count: int | Decimal, **values: Any) -> str:
        english, chinese = sides_of(values)
        return beside(
            self._english.plural(one, many, count, **english), self._chinese.plural(one, many, count, **chinese)
        )

    def label(self, member: Enum) -> str:
        return beside(self._english.label(member), self._chinese.label(member))

    def words(self, said_by_domain: Words) -> str:
        return beside(self._english.words(said_by_domain), self._chinese.words(said_by_domain))

    def name(self, text: Bilingual) -> str:
        return beside(text.text, text.text_zh or text.text)

    def figure(self, make: Callable[[Language], str]) -> str:
        """The figure once, its unit in both: `3 days · 天`, `62.5 % better · 改善`."""
        english, chinese = make(self._english), make(self._chinese)
        return Figure.of(figure_once(english, chinese), (english, chinese))

    def listed(self, parts: Sequence[str]) -> str:
        sides = [part.sides if isinstance(part, Both) else (part, part) for part in parts]
        return beside(
            self._english.listed([side[0] for side in sides]), self._chinese.listed([side[1] for side in sides])
        )

    def _said_once(self, message: str, values: dict[str, Any]) -> str:
        """`target · 目标值 ≤3 days · 天`: where a figure ends the message in both languages; empty elsewhere."""
        label, place = label_and_place(message)
        translated, same = label_and_place(self._chinese._translate(message))
        if not place or place != same or not isinstance(values[place], Figure):
            return ""
        english, chinese = sides_of(values)
        colon = ":" if label.endswith(":") else ""
        labels = label.rstrip(":").format(**english), translated.rstrip(":：").format(**chinese)
        return f"{beside(*labels)}{colon} {values[place]}"

    def _skeleton(self, parts: str, value: date) -> str:
        return beside(self._english._skeleton(parts, value), self._chinese._skeleton(parts, value))

    def weekday(self, day: int) -> str:
        return beside(self._english.weekday(day), self._chinese.weekday(day))


@cache
def language(tag: str, timezone: str = "UTC", prefix: str = "") -> Language:
    """The language for a tag: `en`, `zh_CN` or `both`; anything else reads English."""
    try:
        zone = ZoneInfo(timezone or "UTC")
    except (KeyError, ValueError, OSError):
        zone = ZoneInfo("UTC")
    return (
        BothLanguages(zone, prefix) if tag == BOTH else Language(CHINESE if tag == CHINESE else ENGLISH, zone, prefix)
    )


def language_of(member: Member, workspace: Workspace, prefix: str = "") -> Language:
    """What a person reads: their choice, else as in Slack, else the workspace's language; in their time zone."""
    tag = member.language or tag_of_locale(member.locale) or workspace.language
    return language(tag, member.timezone, prefix)


def tag_of_locale(locale: str) -> str:
    """Our language for one of Slack's locales (`zh-CN`, `zh-TW` → zh_CN; the rest → en); empty stays empty."""
    if not locale:
        return ""
    return CHINESE if locale.casefold().startswith("zh") else ENGLISH


@cache
def catalogue(tag: str) -> Catalog:
    """The catalogue of a language, read from its .po file (2,000 messages in 31 ms)."""
    with (LOCALES / tag / "LC_MESSAGES" / "gemba.po").open("rb") as file:
        return read_po(file, locale=tag)


@cache
def _parts(message: str) -> tuple[tuple[str, str | None], ...]:
    """A message's texts, each with the place behind it."""
    return tuple((text, place) for text, place, _, _ in Formatter().parse(message))


@cache
def _messages(tag: str) -> dict[str, str]:
    if tag == ENGLISH:
        return {}
    return {entry.id: str(entry.string) for entry in catalogue(tag) if isinstance(entry.id, str) and entry.id}


@cache
def _plurals(tag: str) -> dict[str, tuple[str, ...]]:
    if tag == ENGLISH:
        return {}
    return {entry.id[0]: tuple(entry.string or ()) for entry in catalogue(tag) if isinstance(entry.id, tuple | list)}
