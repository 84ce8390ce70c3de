"""The optimization log, as a kind of record."""

from domain.cards.actions import redraw_card
from domain.cards.messages import Receipt
from domain.core import Kind, Numbered, Stored, unique, words
from domain.optimizations.record import Optimization
from domain.optimizations.rights import CHANGE_OPTIMIZATION

OPTIMIZATION: Kind[Optimization] = Kind(
    "optimization",
    words("optimizations"),
    (Stored(Optimization, "optimizations", (unique("number"),)),),
    numbered=Numbered(3, listed_by="optimize list", shown_by="optimize show"),
    said_as={Receipt: "OptimizationLogged"},
    may_change=CHANGE_OPTIMIZATION.check,
    after=(redraw_card,),
)
