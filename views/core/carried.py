"""What a button or a menu's entry carries: a typed value, written by the view and read by the handler."""

from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Annotated, Any, ClassVar, Self, cast

from pydantic import Field, TypeAdapter, ValidationError

from domain.core import UserError

Id = Annotated[int, Field(ge=0, lt=10**18)]
"""A record's id, as long as any that a database gives out."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Its fields in order, parted by `sign`, which the last field may hold itself.

    Fields at the end that are None are left out. Buttons in old messages are read for ever: add fields only at the end,
    and with a default.
    """

    sign: ClassVar[str] = ":"

    def __str__(self) -> str:
        values = [getattr(self, field.name) for field in fields(self)]
        while values and values[-1] is None:
            values.pop()
        return self.sign.join("" if value is None else str(value) for value in values)

    @classmethod
    def read(cls, value: str) -> Self:
        """Raises UserError for what is no such value."""
        named = fields(cls)
        texts = value.split(cls.sign, len(named) - 1)
        said = zip(named, texts, strict=False)
        given = {field.name: text for field, text in said if text or field.default is MISSING}
        try:
            made: Self = _reader(cast(Any, cls)).validate_python(given)
        except ValidationError as error:
            raise UserError("This cannot be used as it is. Please check it.") from error
        return made


@dataclass(frozen=True, slots=True)
class Named(Carried):
    """A record by its id alone, whatever else is carried with it."""

    id: Id
    more: str | None = None


@cache
def _reader(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
