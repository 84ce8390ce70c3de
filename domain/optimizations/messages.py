"""What is said about optimizations."""

from dataclasses import dataclass

from domain.core.message import Message


@dataclass(frozen=True, slots=True)
class OptimizationCard(Message):
    optimization_id: int


@dataclass(frozen=True, slots=True)
class OptimizationLogged(Message):
    """To who logged it: its number and where its card is."""

    optimization_id: int
