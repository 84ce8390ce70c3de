"""Who may change an issue."""

from domain.core import words
from domain.issues.record import Issue
from domain.permissions.people import DEPUTY, OWNER, TRIAGERS, Who, named
from domain.permissions.rights import Right
from domain.processes.rights import PROCESS_OWNER

REPORTER: Who[Issue] = named(words("its reporter"), lambda issue: (issue.reporter,))

CHANGE_ISSUE = Right[Issue](
    words("Only {who} can change {reference}."), OWNER, DEPUTY, REPORTER, PROCESS_OWNER, TRIAGERS
)
