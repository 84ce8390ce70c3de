"""Column types that keep what Python means: aware UTC instants, exact decimals, typed JSON, enumerations."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python
from sqlalchemy import JSON, Boolean, Date, DateTime, Dialect, Integer, Numeric, String, Text, Time
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine


class Instant(TypeDecorator[datetime]):
    """An instant, stored in UTC. Refuses naive values; SQLite loses the zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A decimal, exactly as given: NUMERIC on PostgreSQL, text on SQLite (whose NUMERIC is a float)."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else Numeric(asdecimal=True))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        return format(value, "f") if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Not a number (NaN) where another program wrote what is none."""
        try:
            return None if value is None else Decimal(str(value))
        except InvalidOperation:
            return Decimal("NaN")


class Word(TypeDecorator[StrEnum]):
    """A member of an enumeration, stored as its value."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(self.kind(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.kind(value)


class JsonOf(TypeDecorator[Any]):
    """A nested value (a tuple of steps, say) as JSON, read back as its own type."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind
        self._adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else JSON())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else as_json(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        joined = [_joined(part) for part in value] if isinstance(value, list) else value
        return None if joined is None else self._adapter.validate_python(joined)


def as_json(value: Any) -> Any:
    """A value as it is kept; in a list, a `name` in two languages is `name` and `name_zh`, as it is in the tables."""
    match to_jsonable_python(value):
        case list() as parts:
            return [_apart(part) for part in parts]
        case dict() as fields:
            return {name: as_json(one) for name, one in fields.items()}
        case plain:
            return plain


def _apart(part: Any) -> Any:
    match part:
        case {"name": {"text": name, "text_zh": name_zh}, **others}:
            return {"name": name, "name_zh": name_zh, **others}
    return part


def _joined(part: Any) -> Any:
    match part:
        case {"name": name, "name_zh": name_zh, **others}:
            return {"name": {"text": name, "text_zh": name_zh}, **others}
    return part


_SIMPLE: dict[Any, Callable[[], TypeEngine[Any]]] = {
    str: Text,
    int: Integer,
    bool: Boolean,
    date: Date,
    time: Time,
    datetime: Instant,
    Decimal: Exact,
}


def column_type(kind: Any) -> TypeEngine[Any]:
    """The column type of a record field's annotation."""
    if kind in _SIMPLE:
        return _SIMPLE[kind]()
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Word(kind)
    return JsonOf(kind)
