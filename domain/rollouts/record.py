"""A roll-out in batches."""

from dataclasses import dataclass

from domain.core import NO_TEXT, Bilingual, Record


@dataclass(frozen=True, slots=True)
class Batch:
    """Who comes in together: departments, or as `note` says; in the weeks `first` to `last`, if they are set."""

    first: int | None = None
    last: int | None = None
    departments: tuple[int, ...] = ()
    note: Bilingual = NO_TEXT


@dataclass(frozen=True, slots=True)
class Duty:
    """Who does what in a roll-out, by role (岗位, 主要职责)."""

    role: Bilingual
    what: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollout(Record):
    """A new flow on its way to everybody (推广), in batches, with training and what people are given for it."""

    name: Bilingual
    process_id: int | None = None
    project_id: int | None = None
    batches: tuple[Batch, ...] = ()
    training: tuple[Batch, ...] = ()
    package: tuple[Bilingual, ...] = ()
    duties: tuple[Duty, ...] = ()
