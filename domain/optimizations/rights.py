"""Who may change the entry of an optimization."""

from domain.core import words
from domain.optimizations.record import Optimization
from domain.permissions.people import LEADS, Who, named
from domain.permissions.rights import Right

LOGGED_BY: Who[Optimization] = named(words("who logged it"), lambda optimization: (optimization.by,))

CHANGE_OPTIMIZATION = Right[Optimization](words("Only {who} can change {reference}."), LOGGED_BY, LEADS)
