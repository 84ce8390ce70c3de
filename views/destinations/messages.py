"""What Slack lets nothing through to."""

from domain.destinations.actions import held, told_key
from domain.destinations.messages import TargetStopped
from domain.destinations.record import Stop
from views.cards.looks import Makers, Making
from views.core.blocks import Rendered
from views.destinations import notices as stops


def _stopped(message: TargetStopped, making: Making) -> Rendered | None:
    stop = making.work.of(Stop).get(message.stop_id)
    if stop.mended_at is not None and making.work.outbox.posted(told_key(stop, message.member)) is None:
        return None
    return stops.stopped(held(making.work, stop), making.t)


MAKERS: Makers = {TargetStopped: _stopped}
