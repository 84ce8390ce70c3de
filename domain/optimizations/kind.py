"""The optimization log, as a kind of record."""

from domain.core.kind import Kind
from domain.core.stored import Stored, unique
from domain.optimizations.record import Optimization

OPTIMIZATION: Kind[Optimization] = Kind(
    "optimization",
    (Stored(Optimization, "optimizations", (unique("number"),)),),
)
