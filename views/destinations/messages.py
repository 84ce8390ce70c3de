"""What is said of blocked destinations."""

from domain.destinations.actions import backlog, notice_key
from domain.destinations.messages import TargetStopped
from domain.destinations.record import BlockedDestination
from views.cards.looks import Makers, Making
from views.core import Rendered
from views.destinations import notices


def _blocked(message: TargetStopped, making: Making) -> Rendered | None:
    destination = making.work.of(BlockedDestination).get(message.stop_id)
    if destination.mended_at is not None and making.work.outbox.posted(notice_key(destination, message.member)) is None:
        return None
    return notices.notice(backlog(making.work, destination), making.t)


MAKERS: Makers = {TargetStopped: _blocked}
