"""What can go wrong for a person: each says what happened and what to do next."""

from collections.abc import Mapping

from domain.core.wording import Words, words


class UserError(ValueError):
    """An expected failure. `words` is what the person reads, in their language: a sentence with its `values`."""

    def __init__(self, message: str | Words, **values: object) -> None:
        self.words = words(message, **values) if isinstance(message, str) else message
        super().__init__(self.words.message)


class FormErrors(Exception):
    """Fields of a form that cannot be taken as they are: field name → what to do."""

    def __init__(self, fields: Mapping[str, Words]) -> None:
        super().__init__(", ".join(fields))
        self.fields = dict(fields)


class NotFound(UserError):
    """No such record in this workspace."""


class NotAllowed(UserError):
    """The person may not do this; the words say who may."""


class AlreadyDone(UserError):
    """Somebody did it a moment ago; the words say who or what."""


class NotNow(UserError):
    """Slack or the database is away for a while; nothing was done. `reason` says why, to the operator."""

    def __init__(self, said: Words, reason: str) -> None:
        super().__init__(said)
        self.reason = reason


class NotSaved(NotNow):
    """The database takes nothing just now. It has kept nothing, or cannot tell: the same request again is safe."""


class AlreadyHandled(Exception):
    """This very request was handled before (a redelivery). Answer it, and do nothing."""
