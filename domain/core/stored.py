"""How records are kept: which have a table, what is unique in it, and what is looked for often."""

from dataclasses import dataclass

from domain.core.record import Record


@dataclass(frozen=True, slots=True)
class Index:
    """Columns by which rows of a workspace are found.

    It may hold only those rows in which a column has no value (`empty`), has one (`filled`), or is no empty text
    (`said`): what is finished then costs nothing to who looks for what is open. `name` where the usual one will not do.
    """

    columns: tuple[str, ...]
    unique: bool = False
    empty: str = ""
    filled: str = ""
    said: str = ""
    name: str = ""
    in_all: bool = False  # of all workspaces, not of one


def unique(*columns: str, said: str = "", empty: str = "", name: str = "", in_all: bool = False) -> Index:
    """No two rows have the same in these columns."""
    return Index(columns, unique=True, said=said, empty=empty, name=name, in_all=in_all)


def index(*columns: str, empty: str = "", filled: str = "", in_all: bool = False) -> Index:
    return Index(columns, empty=empty, filled=filled, in_all=in_all)


@dataclass(frozen=True, slots=True)
class Stored:
    """A record with a table of its own; its fields are the columns, a text in two languages is two (`name`, `name_zh`).

    `recorded`: each change writes an activity row. `often`: asked for again and again, and written rarely.
    `hearsay`: verbs that write none, for they are nobody's act: a row of one beside an anonymous suggestion would name
    its author. `as_json`: texts in two languages that are one column. `shuffled`: ids are random, and tell no order.
    """

    record: type[Record]
    table: str
    indexes: tuple[Index, ...] = ()
    recorded: bool = True
    often: bool = False
    hearsay: tuple[str, ...] = ()
    as_json: tuple[str, ...] = ()
    shuffled: bool = False
