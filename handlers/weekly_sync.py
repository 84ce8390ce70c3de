"""The weekly sync: what people add to it, its long lists, and the report on demand."""

from collections.abc import Callable
from datetime import date

from domain.commitments.queries import Commitment
from domain.core import UnitOfWork, UserError
from domain.people.routing import link_to, team_channel, today_in
from domain.weekly_sync import actions as use
from domain.weekly_sync.form import NoteForm
from domain.weekly_sync.queries import sync_facts, week_before, week_up_to
from handlers.core import Done, Open, Reply, Request, Routes, Say, form_of, metadata_of
from views.core.labels import label
from views.home.help import Usage
from views.weekly_sync import asks as sync_asks, report as weekly_sync
from views.weekly_sync.carried import SectionOf, SyncOf

routes = Routes()
routes.help("gemba", Usage("report", label("shows the weekly sync of this channel now")))


@routes.command("gemba report", "报告")
def show_report(request: Request) -> Reply:
    """`/gemba report`: the sync of this channel for the last seven days, for the asker alone."""
    here = request.team_channel
    if not here:
        raise UserError("Type this in a team's channel: the report is about the channel you are in.")
    with request.reading() as work:
        facts = sync_facts(work, week_up_to(here, today_in(team_channel(work, here), work.workspace, request.now)))
        return Say(weekly_sync.report(facts, request.t, _links(work), posting=True))


@routes.action("sync.post")
def post_report(request: Request) -> Reply:
    of = request.carried(SyncOf)
    with request.writing() as work:
        is_new = use.post_report(work, request.member, of.channel, of.day)
    return Done() if is_new else Say(weekly_sync.posted_already(request.t))


@routes.action("sync.more")
def show_all(request: Request) -> Reply:
    """A long list in full, in a modal."""
    of = request.carried(SectionOf)
    week = week_before if of.kind == "sync" else week_up_to
    with request.reading() as work:
        facts = sync_facts(work, week(of.channel, of.day))
        return Open(weekly_sync.whole(facts, of.section, request.t, _links(work)))


@routes.action("sync.yours")
def ask_note(request: Request) -> Reply:
    """'Add yours' on the sync, or 'Answer' on the question before it. On an old one it is for the next sync."""
    of = request.carried(SyncOf)
    with request.reading() as work:
        day = use.week_to_add_to(work, of.channel, of.day, now=request.now)
        note = use.note_of(work, of.channel, request.member.user_id, day)
    return Open(sync_asks.form(note, day, request.t, metadata_of(channel=of.channel, week=day.isoformat())))


@routes.submission("sync.add")
def submit_note(request: Request) -> Reply:
    form, kept = form_of(request, NoteForm), request.metadata
    with request.writing() as work:
        use.add_note(work, request.member, kept["channel"], date.fromisoformat(kept["week"]), form, now=request.now)
    return Done()


def _links(work: UnitOfWork) -> Callable[[Commitment], str]:
    return lambda owed: link_to(work, owed.card) if owed.card else ""
