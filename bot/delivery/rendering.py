"""From a row of the outbox to what is posted, in the reader's language."""

from collections.abc import Callable

from bot.inbound.people import People
from domain.core import NotFound
from domain.people.record import is_person
from storage.outbox.queue import Delivery
from storage.unit_of_work import Database
from views.cards.looks import Looks, Making
from views.core import Rendered
from views.core.delivery_notices import with_notices


def renderer(database: Database, people: People, looks: Looks) -> Callable[[Delivery], Rendered | None]:
    """Renders for the delivery worker. The business time is now, or when it was said if that is later (`--at`)."""

    def render(delivery: Delivery) -> Rendered | None:
        now = max(database.clock.now(), delivery.as_of)
        reader = delivery.person or delivery.target
        member = people.reader(delivery.team_id, reader) if is_person(reader) else None
        with database.reading(delivery.team_id, now=now) as work:
            t = people.language_for(work, reader, member)
            try:
                made = looks.make(delivery.message, Making(work, t, now))
            except NotFound:
                return None
        late_since = None if delivery.in_thread else delivery.late_since  # said once, above the thread
        return made and with_notices(made, t, late_since=late_since, repeats=delivery.repeats)

    return render
