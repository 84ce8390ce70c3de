"""Who may try a blocked destination again."""

from domain.core import words
from domain.destinations.record import BlockedDestination
from domain.permissions.people import LEADS, Who, named
from domain.permissions.rights import Right

TOLD: Who[BlockedDestination] = named(words("who was told of it"), lambda destination: destination.told)

TRY_AGAIN = Right[BlockedDestination](words("Only {who} can try again. Ask one of them."), LEADS, TOLD)
