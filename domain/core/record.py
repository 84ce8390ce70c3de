"""What every record has, and what many are made of. Fields become columns of the same name (`storage.tables`)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row of one workspace. `id` is 0 until it is stored; the workspace is the unit of work's and never a field."""

    id: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A text in one language, or in both; readers get theirs (`views.core.language`)."""

    text: str = ""
    text_zh: str = ""


NO_LINE = Line()
