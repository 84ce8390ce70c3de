"""What Slack lets nothing through to."""

from typing import Any

from bot.rendering.base import Maker, Making
from domain.core.message import Message
from domain.destinations.actions import held, told_key
from domain.destinations.messages import TargetStopped
from domain.destinations.record import Stop
from views.core.blocks import Rendered
from views.destinations import notices as stops


def _stopped(message: TargetStopped, making: Making) -> Rendered | None:
    stop = making.work.of(Stop).get(message.stop_id)
    if stop.mended_at is not None and making.work.outbox.posted(told_key(stop, message.member)) is None:
        return None
    return stops.stopped(held(making.work, stop), making.t)


MAKERS: dict[type[Message], Maker[Any]] = {TargetStopped: _stopped}
