"""The optimization log, as a kind of record."""

from domain.core.kind import Kind
from domain.core.stored import Stored, unique
from domain.lifecycle.moves import redraws
from domain.optimizations.actions import card_key
from domain.optimizations.record import Optimization
from domain.optimizations.rights import CHANGE_OPTIMIZATION

OPTIMIZATION: Kind[Optimization] = Kind(
    "optimization",
    (Stored(Optimization, "optimizations", (unique("number"),)),),
    may_change=CHANGE_OPTIMIZATION.check,
    after=(redraws(card_key),),
)
