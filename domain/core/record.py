"""What every record has. Fields become columns of the same name (`storage.tables`)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row of one workspace. `id` is 0 until it is stored; the workspace is the unit of work's and never a field."""

    id: int = 0
