"""What is said about optimizations."""

from domain.optimizations.actions import OptimizationFacts, facts_of
from domain.optimizations.record import Optimization
from views.cards.looks import Look, Making
from views.optimizations import card


def _facts(making: Making, optimization: Optimization) -> OptimizationFacts:
    return facts_of(making.work, optimization)


LOOK = Look("optimization", _facts, card=card.card, receipt=card.logged)
