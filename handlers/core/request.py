"""What a handler is given: who did what, and how to reach the records."""

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol, TypeVar

from domain.core import Directory, UnitOfWork, UserError
from domain.forms.base import Form
from domain.people.actions import register
from domain.people.record import Member
from domain.people.routing import today_of
from views.core import Language
from views.core.carried import Carried, Named

C = TypeVar("C", bound=Carried)
F = TypeVar("F", bound=Form)


class Units(Protocol):
    """Opens units of work; `once` names the request that a writing one carries out."""

    def writing(self, team_id: str, *, once: str = "") -> AbstractContextManager[UnitOfWork]: ...

    def reading(self, team_id: str) -> AbstractContextManager[UnitOfWork]: ...


@dataclass
class Request:
    """One thing that one person did. `name` is the command, or the action, callback or event id."""

    name: str
    team_id: str
    member: Member
    t: Language
    now: datetime
    payload: Mapping[str, Any]
    units: Units
    directory: Directory
    key: str  # the same for a redelivery
    stranger: Member | None = None  # what Slack says of the person, where nothing is stored of them
    text: str = ""  # behind a command or subcommand, as typed
    has_written: bool = False

    @contextmanager
    def writing(self, *, anonymous: bool = False) -> Iterator[UnitOfWork]:
        """The request's unit of work, and by it the person is a member. Raises AlreadyHandled when this very request
        was carried out before.

        `anonymous`: nothing is written of the person, and that the request was carried out is noted nowhere, because
        nothing may lead from either to what it brought; who writes has to know a redelivery by itself.
        """
        self.has_written = True
        with self.units.writing(self.team_id, once="" if anonymous else self.key) as work:
            if self.stranger and not anonymous:
                register(work, self.stranger, now=self.now)
            yield work

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        return self.units.reading(self.team_id)

    @property
    def channel_id(self) -> str:
        """Where it was done; empty in a modal or on the Home tab."""
        channel = self.payload.get("channel") or ""
        channel_id = channel if isinstance(channel, str) else channel.get("id", "")  # events give the bare id
        return str(self.payload.get("channel_id") or channel_id)

    @property
    def team_channel(self) -> str:
        """The channel it was done in; empty in a direct message, in a modal and on the Home tab."""
        here = self.channel_id
        return "" if here.startswith("D") else here

    @property
    def team_of_modals(self) -> str:
        """The team channel that a chain of modals began in, which each of them keeps as `channel`."""
        return self.team_channel or str(self.metadata.get("channel", ""))

    @property
    def chain_metadata(self) -> str:
        """The metadata of the next modal in the chain, where it needs nothing else."""
        return metadata_of(channel=self.team_of_modals)

    @property
    def is_private(self) -> bool:
        """The button stands where only this person sees it: in a message for them alone, or in a modal."""
        return bool((self.payload.get("container") or {}).get("is_ephemeral")) or self.view.get("type") == "modal"

    def today(self, work: UnitOfWork) -> date:
        """The person's local day."""
        return today_of(self.member, work.workspace, self.now)

    @property
    def action(self) -> Mapping[str, Any]:
        """The pressed element."""
        actions = self.payload.get("actions") or [{}]
        return dict(actions[0])

    @property
    def value(self) -> str:
        """What the pressed element says: a button's value, or the chosen option, person, date, time."""
        return str(_chosen(self.action) or "")

    @property
    def record_id(self) -> int:
        """The record that the pressed element names first, `12` or `12:SEEN`. Raises UserError where there is none."""
        return self.carried(Named).id

    def carried(self, kind: type[C]) -> C:
        """What the pressed element carries. Raises UserError where that is something else."""
        return kind.read(self.value)

    @cached_property
    def view(self) -> Mapping[str, Any]:
        return dict(self.payload.get("view") or {})

    @cached_property
    def values(self) -> dict[str, Any]:
        """What is typed in the view: block id → value (text, option value, list, file ids)."""
        state = (self.view.get("state") or self.payload.get("state") or {}).get("values") or {}
        return Given(
            {block: _chosen(next(iter((elements or {}).values()), {}) or {}) for block, elements in state.items()}
        )

    @cached_property
    def metadata(self) -> dict[str, Any]:
        """What the modal was given when it was opened."""
        return Given(metadata_in(self.view))


class Given(dict[str, Any]):
    """What came with a form. Raises UserError for what should be in it, but is not."""

    def __missing__(self, name: str) -> Any:
        raise UserError("This form cannot be used any more. Please close it and open it again.")


def form_of(request: Request, kind: type[F]) -> F:
    """The submitted form. Raises FormErrors, which the dispatcher shows beside the fields."""
    return kind.read(request.values)


def metadata_in(view: Mapping[str, Any]) -> dict[str, Any]:
    """The private metadata of a view; nothing where it is not ours."""
    try:
        kept = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def metadata_of(**values: Any) -> str:
    """Private metadata of a modal: comes back as `request.metadata`."""
    return json.dumps({name: value for name, value in values.items() if value not in (None, "")}, ensure_ascii=False)


def _chosen(element: Mapping[str, Any]) -> Any:
    if "files" in element:
        kept = ("id", "name", "mimetype", "permalink")
        return tuple({name: file.get(name) or "" for name in kept} for file in element["files"] or ())
    for name in ("selected_options", "selected_option"):
        if name in element:
            chosen = element[name]
            if isinstance(chosen, list):
                return tuple(option["value"] for option in chosen)
            return chosen and chosen["value"]
    for name, value in element.items():
        if name.startswith("selected_"):
            return tuple(value) if isinstance(value, list) else value
    return element.get("value")
