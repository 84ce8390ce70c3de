"""What rows of the outbox call messages: words that stay as they are for ever."""

from functools import cache
from typing import Any, cast

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python

from domain.cards.messages import FOR_ALL_KINDS, AboutRecord
from domain.commitments.messages import Digest, Escalation, OverdueBoard
from domain.core import Kinds, Message
from domain.destinations.messages import TargetStopped
from domain.home.messages import ChannelGreeting, MenuHint

Json = dict[str, Any]
OF_NO_KIND: tuple[type[Message], ...] = (Digest, OverdueBoard, Escalation, TargetStopped, MenuHint, ChannelGreeting)


class UnknownMessage(Exception):
    """A newer version has written it, or an older one that had more."""


class MessageWords:
    """The words for all messages of a Gemba that is built with these kinds."""

    def __init__(self, kinds: Kinds) -> None:
        own = (*OF_NO_KIND, *(message for kind in kinds for message in kind.messages))
        self._kinds = kinds
        self._messages: dict[str, type[Message]] = {message.__name__: message for message in own}
        self._about_records = {
            kind.word_for(message): (kind.name, message) for kind in kinds for message in FOR_ALL_KINDS
        }

    def __contains__(self, word: str) -> bool:
        return word in self._messages or word in self._about_records

    def row(self, message: Message) -> tuple[str, Json]:
        """Its word, and what it is about; the record of a message that all kinds have as `{"issue_id": 12}`."""
        about: Json = to_jsonable_python(message)
        if not isinstance(message, AboutRecord):
            return type(message).__name__, about
        kind = self._kinds.named(message.record.kind)
        del about["record"]
        return kind.word_for(type(message)), {f"{kind.name}_id": message.record.id, **about}

    def message(self, word: str, about: Json) -> Message:
        """The message of a row. Raises UnknownMessage, and ValueError for what is no such message."""
        if word in self._about_records:
            kind, of_all = self._about_records[word]
            named = {"kind": kind, "id": about.get(f"{kind}_id")}
            return _read(of_all, {**about, "record": named})
        if word not in self._messages:
            raise UnknownMessage(word)
        own = self._messages[word]
        return _read(own, own.earlier(dict(about)))


def _read(kind: type[Message], about: Json) -> Message:
    message: Message = _reader(cast(Any, kind)).validate_python(about)
    return message


@cache
def _reader(message: type[Message]) -> TypeAdapter[Any]:
    return TypeAdapter(message)
