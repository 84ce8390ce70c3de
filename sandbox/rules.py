"""The kinds of rules that Block Kit's fields follow. Each finds faults and words them as Slack does."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sandbox.base import Json, Refused

Faults = Iterator[str]


class Rule(Protocol):
    """A rule yields a fault, with its JSON pointer, for all that is wrong with a value."""

    def check(self, value: Any, at: str, /) -> Faults: ...


def checked(rule: Rule, value: Any) -> Json:
    """Return an object without its nulls; raises Refused for the first thing that is wrong with it."""
    for wrong in rule.check(value, ""):
        raise Refused("invalid_field", wrong.removeprefix("[ERROR] "))
    return dict(_without_nulls(value))


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


def fault(words: str, at: str) -> str:
    return f"[ERROR] {words} [json-pointer:{at}]"


def length_faults(value: str, least: int, most: int, at: str) -> Faults:
    if len(value) < least:
        yield fault(f"must be more than {least - 1} characters", at)
    elif len(value) > most:
        yield fault(f"must be less than {most + 1} characters", at)


@dataclass(frozen=True)
class String:
    """A string of limited length, or one of a few words."""

    most: int = 3_000
    least: int = 1
    choices: tuple[str, ...] = ()

    def check(self, value: Any, at: str) -> Faults:
        if not isinstance(value, str):
            yield fault("must be a string", at)
        elif self.choices and value not in self.choices:
            yield fault("must be a valid enum value", at)
        else:
            yield from length_faults(value, self.least, self.most, at)


@dataclass(frozen=True)
class Pattern:
    """A string that looks like `pattern`, which is `words` for people."""

    pattern: str
    words: str

    def check(self, value: Any, at: str) -> Faults:
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value):
            yield fault(f"must be {self.words}", at)


@dataclass(frozen=True)
class When:
    """A date or a time of day, in a layout of strftime that people know as `words`."""

    layout: str
    words: str

    def check(self, value: Any, at: str) -> Faults:
        try:
            fine = datetime.strptime(value, self.layout).strftime(self.layout) == value  # noqa: DTZ007
        except (TypeError, ValueError):
            fine = False
        if not fine:
            yield fault(f"must be a valid value in the format {self.words}", at)


@dataclass(frozen=True)
class Flag:
    def check(self, value: Any, at: str) -> Faults:
        if not isinstance(value, bool):
            yield fault("must be a boolean", at)


@dataclass(frozen=True)
class Number:
    """A number between two ends; whole unless said otherwise."""

    least: float = 0
    most: float = float("inf")
    whole: bool = True

    def check(self, value: Any, at: str) -> Faults:
        kinds = (int,) if self.whole else (int, float)
        if not isinstance(value, kinds) or isinstance(value, bool):
            yield fault("must be an integer" if self.whole else "must be a number", at)
        elif not self.least <= value <= self.most:
            yield fault(f"must be between {self.least} and {self.most}", at)


@dataclass(frozen=True)
class Text:
    """A text object."""

    most: int
    kinds: tuple[str, ...] = ("plain_text", "mrkdwn")

    def check(self, value: Any, at: str) -> Faults:
        if not isinstance(value, dict):
            yield fault("must provide an object", at)
            return
        kind = value.get("type")
        if kind not in self.kinds:
            yield fault(f"unsupported type: {kind}" if kind else "missing required field: type", f"{at}/type")
        allowed = {"type", "text", "emoji" if kind == "plain_text" else "verbatim"}
        yield from extra_faults(value, allowed, at)
        for name in ("emoji", "verbatim"):
            if value.get(name) is not None:
                yield from Flag().check(value[name], f"{at}/{name}")
        yield from String(self.most).check(value.get("text"), f"{at}/text")


@dataclass(frozen=True)
class Items:
    """A list of limited length whose items follow one rule."""

    of: Rule
    most: int
    least: int = 1

    def check(self, value: Any, at: str) -> Faults:
        if not isinstance(value, list):
            yield fault("must provide an array", at)
            return
        if len(value) > self.most:
            yield fault(f"no more than {self.most} items allowed", at)
        if len(value) < self.least:
            yield fault(f"no less than {self.least} items allowed", at)
        for number, item in enumerate(value):
            yield from self.of.check(item, f"{at}/{number}")


@dataclass(frozen=True)
class Shape:
    """An object: its fields, those it must have, and groups of which it must have one."""

    fields: Mapping[str, Rule]
    required: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    never_both: tuple[tuple[str, str], ...] = field(default=())

    def check(self, value: Any, at: str) -> Faults:
        if not isinstance(value, dict):
            yield fault("must provide an object", at)
            return
        present = {key for key, item in value.items() if item is not None}
        for name in self.required:
            if name not in present:
                yield fault(f"missing required field: {name}", at)
        if self.one_of and not present & set(self.one_of):
            yield fault(f"must define one of: {', '.join(self.one_of)}", at)
        for first, second in self.never_both:
            if {first, second} <= present:
                yield fault(f"cannot have both {first} and {second}", at)
        yield from extra_faults(value, {"type", *self.fields}, at)
        for name in self.fields:
            if name in present:
                yield from self.fields[name].check(value[name], f"{at}/{name}")


@dataclass(frozen=True)
class OneOf:
    """An object whose `type` names its shape. The family may grow after the rule is made."""

    family: Mapping[str, Rule]
    only: Container[str] | None = None

    def check(self, value: Any, at: str) -> Faults:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind is None:
            yield fault("missing required field: type", at)
        elif not isinstance(kind, str) or kind not in self.family or (self.only is not None and kind not in self.only):
            yield fault(f"unsupported type: {kind}", f"{at}/type")
        else:
            yield from self.family[kind].check(value, at)


@dataclass(frozen=True)
class Either:
    """What follows the one rule or the other, of which the faults are told."""

    first: Rule
    second: Rule

    def check(self, value: Any, at: str) -> Faults:
        if any(self.first.check(value, at)):
            yield from self.second.check(value, at)


@dataclass(frozen=True)
class Anything:
    def check(self, _value: Any, _at: str, /) -> Faults:
        yield from ()


def extra_faults(value: Json, allowed: Container[str], at: str) -> Faults:
    for name in value:
        if name not in allowed:
            yield fault(f"invalid additional property: {name}", at)
