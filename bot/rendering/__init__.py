"""From a row of the outbox to what is posted: records read afresh, then the view, in the reader's language."""

from collections.abc import Callable
from typing import Any

from bot.people import People
from bot.rendering import issues, kpis
from bot.rendering.base import Maker, Making
from domain.errors import NotFound
from domain.messages import Message
from storage.queue import Delivery
from storage.unit_of_work import Database
from views.blocks import Rendered

MAKERS: dict[type[Message], Maker[Any]] = {**issues.MAKERS, **kpis.MAKERS}


def renderer(database: Database, people: People) -> Callable[[Delivery], Rendered | None]:
    """Renders for the delivery worker. The business time is now, or when it was said if that is later (`--at`)."""

    def render(delivery: Delivery) -> Rendered | None:
        now = max(database.clock.now(), delivery.as_of)
        with database.reading(delivery.team_id, now=now) as work:
            t = people.language_for(work, delivery.person or delivery.target)
            try:
                return MAKERS[type(delivery.message)](delivery.message, Making(work, t, now))
            except NotFound:
                return None

    return render
