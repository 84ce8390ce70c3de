"""What is said about what people have promised."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from domain.core import Message, Periodic, Ref, Urgency


def with_items(about: dict[str, Any]) -> dict[str, Any]:
    """Rows of before name issues and tasks apart."""
    apart = {"issue": about.pop("issues", ()), "task": about.pop("tasks", ())}
    items = [{"kind": kind, "id": record_id} for kind, ids in apart.items() for record_id in ids]
    return {"items": items, **about}


@dataclass(frozen=True, slots=True)
class Digest(Periodic):
    """To a person: what they owe, on the local day `day`. What was in it stays in it, done or not.

    `to_deputy`: read by who stands in, for `member` is away.
    """

    member: str
    day: date
    items: tuple[Ref, ...] = ()
    to_deputy: bool = False

    earlier = staticmethod(with_items)


@dataclass(frozen=True, slots=True)
class OverdueBoard(Periodic):
    """To a team channel: what is overdue there on the local day `day`, by owner. Updated as it gets done."""

    channel_id: str
    day: date
    items: tuple[Ref, ...] = ()

    earlier = staticmethod(with_items)


@dataclass(frozen=True, slots=True)
class Escalation(Message):
    """To a department head or sponsor, or their deputy: what has been overdue for too long, on the local day `day`."""

    urgency: ClassVar[Urgency] = Urgency.ESCALATION
    member: str
    day: date
    items: tuple[Ref, ...] = ()
    to_deputy: bool = False

    earlier = staticmethod(with_items)
