"""Who may change the settings of the workspace, a channel, a department."""

from domain.core import words
from domain.people.record import Department
from domain.permissions.people import ADMINS, LEADS, Who, named
from domain.permissions.rights import GroupRight, Right

HEAD: Who[Department | None] = named(
    words("the head of the department"), lambda department: (department.head,) if department else ()
)
HEADS_DEPUTY: Who[Department | None] = named(
    words("the head's deputy"), lambda department: (department.deputy,) if department else ()
)

CONFIGURE_WORKSPACE = GroupRight(words("Only {who} can change the settings of the workspace. Ask one of them."), ADMINS)
CONFIGURE_CHANNEL = Right[Department | None](
    words("Only {who} can change a channel's settings."), LEADS, HEAD, HEADS_DEPUTY
)
CHANGE_DEPARTMENTS = GroupRight(words("Only {who} can change departments. Ask one of them."), LEADS)
