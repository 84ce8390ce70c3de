"""From a row of the outbox to what is posted: records read afresh, then the view, in the reader's language."""

from collections.abc import Callable
from typing import Any

from bot.inbound.people import People
from bot.rendering import (
    issues,
    kpi_reports,
    kpi_signals,
    kpis,
    menu,
    optimizations,
    pilots,
    reminders,
    stops,
    suggestions,
    sync,
    tasks,
)
from bot.rendering.base import Maker, Making
from domain.core.errors import NotFound
from domain.core.message import Message
from storage.outbox.queue import Delivery
from storage.unit_of_work import Database
from views.core.blocks import Rendered
from views.core.delivery_notices import with_asides

MAKERS: dict[type[Message], Maker[Any]] = {
    **issues.MAKERS,
    **kpis.MAKERS,
    **kpi_signals.MAKERS,
    **kpi_reports.MAKERS,
    **menu.MAKERS,
    **optimizations.MAKERS,
    **pilots.MAKERS,
    **suggestions.MAKERS,
    **tasks.MAKERS,
    **reminders.MAKERS,
    **sync.MAKERS,
    **stops.MAKERS,
}


def renderer(database: Database, people: People) -> Callable[[Delivery], Rendered | None]:
    """Renders for the delivery worker. The business time is now, or when it was said if that is later (`--at`)."""

    def render(delivery: Delivery) -> Rendered | None:
        now = max(database.clock.now(), delivery.as_of)
        reader = delivery.person or delivery.target
        people.meet(delivery.team_id, reader)
        with database.reading(delivery.team_id, now=now) as work:
            t = people.language_for(work, reader)
            try:
                made = MAKERS[type(delivery.message)](delivery.message, Making(work, t, now))
            except NotFound:
                return None
        late_since = None if delivery.in_thread else delivery.late_since  # said once, above the thread
        return made and with_asides(made, t, late_since=late_since, repeats=delivery.repeats)

    return render
