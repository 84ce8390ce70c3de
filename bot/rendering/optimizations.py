"""Messages about the optimization log."""

from typing import Any

from bot.rendering.base import Maker, Making
from domain.core.message import Message
from domain.optimizations.actions import OptimizationFacts, facts_of
from domain.optimizations.messages import OptimizationCard, OptimizationLogged
from domain.optimizations.record import Optimization
from views.core.blocks import Rendered
from views.optimizations import card as optimizations


def _facts(optimization_id: int, making: Making) -> OptimizationFacts:
    return facts_of(making.work, making.work.of(Optimization).get(optimization_id))


def _card(message: OptimizationCard, making: Making) -> Rendered:
    return optimizations.card(_facts(message.optimization_id, making), making.t)


def _logged(message: OptimizationLogged, making: Making) -> Rendered:
    return optimizations.logged(_facts(message.optimization_id, making), making.t)


MAKERS: dict[type[Message], Maker[Any]] = {OptimizationCard: _card, OptimizationLogged: _logged}
