"""What everything in domain is made of."""

from domain.core.activity import Activity
from domain.core.bilingual import NO_TEXT, Bilingual
from domain.core.errors import (
    AlreadyDone,
    AlreadyHandled,
    FormErrors,
    NotAllowed,
    NotFound,
    NotNow,
    NotSaved,
    UserError,
)
from domain.core.kind import Kind, Kinds, Numbered, Promises
from domain.core.message import Message, Periodic, Urgency
from domain.core.ports import (
    Before,
    Changed,
    Clock,
    Directory,
    Outbox,
    Present,
    Records,
    SharedFile,
    Since,
    UnitOfWork,
    UserGroup,
    Work,
)
from domain.core.record import NumberedRecord, Record
from domain.core.reference import Ref
from domain.core.severity import Severity
from domain.core.stored import Index, Stored, index, unique
from domain.core.wording import Command, Words, words
