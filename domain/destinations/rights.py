"""Who may try a blocked destination again."""

from domain.core.wording import words
from domain.destinations.record import Stop
from domain.permissions.people import LEADS, Who, named
from domain.permissions.rights import Right

TOLD: Who[Stop] = named(words("who was told of it"), lambda stop: stop.told)

TRY_AGAIN = Right[Stop](words("Only {who} can try again. Ask one of them."), LEADS, TOLD)
