"""A kind of record: said once, and handed to the wiring, so that what all kinds share loops over them."""

from dataclasses import dataclass

from domain.core.stored import Stored


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` is its word in references, in the values of buttons and in keys. The first that is `stored` is its own
    record, the others are parts of it."""

    name: str
    stored: tuple[Stored, ...]
