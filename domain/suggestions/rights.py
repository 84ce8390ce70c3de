"""Who may decide on suggestions."""

from domain.core import words
from domain.permissions.people import TRIAGERS
from domain.permissions.rights import GroupRight

TRIAGE = GroupRight(words("Only {who} can decide on suggestions. Ask an admin to make you one."), TRIAGERS)
SEE_AUTHOR = GroupRight(words("Only {who} can see who wrote a confidential suggestion."), TRIAGERS)
