"""What people do with records of any kind behind `/gemba NOUN`: add one, list them, look at one, finish it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from domain.commitments.actions import finish
from domain.core import Kind, NumberedRecord, UnitOfWork
from domain.forms.base import Form
from domain.lifecycle.numbers import by_number, number_in
from domain.people.record import Member
from domain.text.lookup import UnknownName
from handlers.core.replies import Done, Open, Reply, Say, View
from handlers.core.request import Request, form_of
from handlers.core.routing import Routes
from handlers.core.showing import writing_about
from handlers.core.verbs import Verbs, did_you_mean
from views.cards.looks import Look, Making
from views.commitments import dialogs
from views.core import Rendered

R = TypeVar("R", bound=NumberedRecord)
F = TypeVar("F", bound=Form)


@dataclass(frozen=True, slots=True)
class Desk(Generic[R, F]):
    """`draw` draws the form, `add` takes it with the channel that it was opened in, `listing` tells what is asked for.

    Its owner is looked up in Slack where the bot has never met them, so that reminders reach them.
    """

    kind: Kind[R]
    form: type[F]
    draw: Callable[[Request, UnitOfWork], View]
    add: Callable[[UnitOfWork, Member, F, str, datetime], object]
    listing: Callable[[Request, UnitOfWork], Rendered]
    look: Look[R, Any] | None = None

    def serve(self, routes: Routes, *spellings: str) -> Verbs:
        """Take the command, in these spellings of its noun, and the form. What is no verb is asked about as a title."""
        noun, handlers = self.kind.name, {"add": self.open, "list": self.list}
        if self.look:
            handlers["show"] = self.show
        if self.kind.promises:
            handlers["done"] = self.finish
        verbs = Verbs(noun, handlers, self.offer_to_add, named=self.show_numbered if self.look else None)
        routes.command(f"gemba {noun}", *spellings)(verbs.run)
        routes.submission(f"{noun}.add")(self.submit)
        return verbs

    def open(self, request: Request) -> Reply:
        """`add [TITLE]`."""
        with request.reading() as work:
            return Open(self.draw(request, work))

    def offer_to_add(self, request: Request) -> Reply:
        return did_you_mean(request, self.kind.name, f"add {request.text}")

    def submit(self, request: Request) -> Reply:
        """'Add' was pressed."""
        form = form_of(request, self.form)
        with writing_about(request, [getattr(form, "owner", "")]) as work:
            self.add(work, request.member, form, str(request.metadata.get("channel", "")), request.now)
        return Done()

    def list(self, request: Request) -> Reply:
        with request.reading() as work:
            return Say(self.listing(request, work))

    def show(self, request: Request) -> Reply:
        """`show R-3`."""
        assert self.look is not None
        with request.reading() as work:
            record = by_number(work, self.kind.record, request.text)
            return Say(self.look.draw_card(record, Making(work, request.t, request.now)))

    def show_numbered(self, request: Request) -> Reply:
        """`R-3` alone. Raises UnknownName for what is no number."""
        if number_in(request.text, self.kind.record) is None:
            raise UnknownName(request.text, ())
        return self.show(request)

    def finish(self, request: Request) -> Reply:
        """`done T-3`."""
        with request.writing() as work:
            record = by_number(work, self.kind.record, request.text)
            owed = finish(work, request.member, work.kinds.ref(record), now=request.now)
        return Say(dialogs.done(owed, request.t))
