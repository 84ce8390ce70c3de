"""What people do with issues: file, look up, move on."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from domain.commitments.actions import postpone
from domain.commitments.form import NewDate
from domain.core import Command, Ref, UnitOfWork, UserError
from domain.issues import actions as use
from domain.issues.form import NEW, HandOver, IssueForm, NewStatus, Reason, Source, in_minutes
from domain.issues.queries import LISTS, OPEN, IssueFacts, asked_for, costliest_issues, facts_of
from domain.issues.record import Issue, IssueStatus, hours_a_month
from domain.lifecycle.numbers import by_number
from domain.people.record import Member
from domain.processes.record import Process
from domain.suggestions.triage import plan_as_issue
from domain.text.command_words import word_of
from domain.text.numbers import number
from handlers.core import Done, Open, Reply, Request, Routes, Say, Update, View, form_of, metadata_of, writing_about
from views.core import Language, mentioned, readable
from views.core.labels import label
from views.home.help import Usage
from views.issues import card as issue_card, dialogs as issue_dialogs, form as issue_form, lists as issue_lists
from views.issues.carried import IssueSeen, Wanted
from views.issues.form import Draft

routes = Routes()
routes.slash(
    "issue",
    label("File a process issue, or look issues up"),
    Usage("[title]", label("opens the form to file an issue")),
    Usage(f"list [{'|'.join(LISTS)}|PROCESS]", label("lists open issues: yours, all, overdue, or of a process")),
    Usage("show I-12", label("shows one issue")),
    Usage("top", label("shows the five issues that cost most")),
)
MOST_LISTED = 400
TITLES = {"mine": label("My open issues"), "open": label("Open issues"), "overdue": label("Overdue issues")}
SEEN = "seen"  # in the form's metadata: ids of the similar issues that it has shown


@routes.command("issue")
def open_form(request: Request) -> Reply:
    """`/issue [title]`: the form, with the title and what it is like."""
    draft = Draft(title=request.text[:150], what=request.text if len(request.text) > 150 else "")
    return form_with(request, draft, channel=request.channel_id)


@routes.shortcut("file_issue")
@routes.action("home.issue")
def open_empty_form(request: Request) -> Reply:
    return form_with(request, Draft())


@routes.shortcut("message_to_issue")
def open_form_with_message(request: Request) -> Reply:
    """On a message: its text and link go along, and the answer goes into its thread."""
    message = request.payload["message"]
    channel = request.channel_id
    text = _plain_text(request, _text_of(message)).strip()
    first_line = next(iter(text.splitlines()), "")
    return form_with(
        request,
        Draft(title=first_line[:150], what="" if text == first_line[:150] else text),
        channel=channel,
        message_channel=channel,
        message_ts=message.get("thread_ts") or message["ts"],
        permalink=request.directory.permalink(channel, message["ts"]),
    )


@routes.action("issue.how_much.times")
@routes.action("issue.how_much.minutes")
@routes.action("issue.how_much.people")
def count_hours(request: Request) -> Reply:
    """A number was typed: show what the three come to."""
    return _same_form(request, hours=_hours(request))


@routes.submission("issue.file")
def submit_form(request: Request) -> Reply:
    """'File' was pressed. Open issues like the title as it is now are shown before a new one is made, each once."""
    form, source = form_of(request, IssueForm), Source.read(request.metadata)
    is_new = form.same_as in (None, NEW)
    try:
        with request.writing() as work:
            if is_new:
                use.check_for_similar(work, form, seen=request.metadata.get(SEEN, ()))
                issue = use.file_issue(work, request.member, form, source, now=request.now)
            else:
                issue = use.add_voice(work, request.member, int(str(form.same_as)), now=request.now)
            if source.suggestion is not None:
                plan_as_issue(work, request.member, source.suggestion, issue, now=request.now)
            facts = None if is_new else _facts(work, issue, request)
    except use.LikeOthers as like:
        return _same_form(request, similar=like.issues, hours=_hours(request))
    return Update(issue_dialogs.counted_in(facts, request.t)) if facts else Done()


@routes.command("issue list")
def list_issues(request: Request) -> Reply:
    """`/issue list [mine|open|overdue|PROCESS]`."""
    wanted, t = request.text, request.t
    issues, count = _asked_for(request, wanted, issue_lists.SHOWN)
    empty = t("No open issues here. File one with {command}.", command=Command("issue"))
    return Say(issue_lists.listing(_title(wanted, issues, t), issues, t, empty=empty, count=count, wanted=wanted))


@routes.action("issue.all")
def list_all_issues(request: Request) -> Reply:
    """'Show all' below a list; the button says what the list is of."""
    issues, count = _asked_for(request, request.value, MOST_LISTED)
    return Open(issue_lists.whole(_title(request.value, issues, request.t), issues, request.t, count=count))


@routes.command("issue show")
def show_issue(request: Request) -> Reply:
    """`/issue show I-12`."""
    with request.reading() as work:
        facts = _facts(work, by_number(work, Issue, request.text), request)
    return Say(issue_card.card(facts, request.t))


@routes.command("issue top")
def show_costliest(request: Request) -> Reply:
    """`/issue top`: the five that cost most."""
    with request.reading() as work:
        issues = [_facts(work, issue, request) for issue in costliest_issues(work)]
    t = request.t
    empty = t("No open issue says yet how much it costs. Fill in “how many times a month” when you file one.")
    return Say(issue_lists.listing(t("What costs most"), issues, t, empty=empty, costs=True))


@routes.action("issue.take")
def take_issue(request: Request) -> Reply:
    seen = request.carried(IssueSeen)
    with request.writing() as work:
        issue = use.take_over(work, request.member, seen.issue, seen.owner, now=request.now)
        return _card_again(request, work, issue)


@routes.action("issue.same")
def same_issue(request: Request) -> Reply:
    with request.writing() as work:
        issue = use.add_voice(work, request.member, request.record_id, now=request.now)
        facts = _facts(work, issue, request)
    return Say(issue_dialogs.counted(facts, request.t))


@routes.action("issue.close")
def close_issue(request: Request) -> Reply:
    with request.writing() as work:
        issue = use.set_status(work, request.member, request.record_id, IssueStatus.CLOSED, now=request.now)
        return _card_again(request, work, issue)


@routes.action("issue.reopen")
def reopen_issue(request: Request) -> Reply:
    with request.writing() as work:
        issue = use.reopen(work, request.member, request.record_id, now=request.now)
        return _card_again(request, work, issue)


@routes.action("issue.more")
def choose_more(request: Request) -> Reply:
    """The overflow menu of a card: each entry asks for one more thing."""
    wanted = request.carried(Wanted)
    with request.reading() as work:
        issue = use.still_open(work, wanted.issue)
    dialogs = {
        "status": issue_dialogs.status_form,
        "postpone": issue_dialogs.postpone_form,
        "hand": issue_dialogs.hand_over_form,
        "reject": issue_dialogs.reject_form,
    }
    return Open(dialogs[wanted.what](issue, request.t, metadata_of(issue=issue.id)))


@routes.submission("issue.status")
def submit_status(request: Request) -> Reply:
    form = form_of(request, NewStatus)
    with request.writing() as work:
        use.set_status(work, request.member, request.metadata["issue"], form.status, now=request.now)
    return Done()


@routes.submission("issue.postpone")
def submit_postpone(request: Request) -> Reply:
    form, issue = form_of(request, NewDate), Ref("issue", request.metadata["issue"])
    with request.writing() as work:
        postpone(work, request.member, issue, form.due, reason=form.reason, now=request.now)
    return Done()


@routes.submission("issue.hand")
def submit_hand_over(request: Request) -> Reply:
    form = form_of(request, HandOver)
    with writing_about(request, [form.owner]) as work:
        use.hand_over(work, request.member, request.metadata["issue"], form.owner, now=request.now)
    return Done()


@routes.submission("issue.reject")
def submit_reject(request: Request) -> Reply:
    reason, issue_id = form_of(request, Reason).reason, request.metadata["issue"]
    with request.writing() as work:
        use.set_status(work, request.member, issue_id, IssueStatus.REJECTED, now=request.now, reason=reason)
    return Done()


def form_with(request: Request, draft: Draft, **kept: Any) -> Reply:
    """The form, with open issues like its title; `kept` is what comes back with it."""
    return Open(_form(request, draft, kept, draft.title))


def _same_form(request: Request, *, similar: Sequence[Issue] = (), hours: Decimal | None = None) -> Reply:
    """The form again; what was typed stays, because its blocks keep their ids."""
    title = str(request.values.get("title") or "") if "same_as" in request.values else ""
    return Update(_form(request, Draft(), request.metadata, title, similar, hours))


def _form(
    request: Request,
    draft: Draft,
    kept: Mapping[str, Any],
    title: str,
    similar: Sequence[Issue] = (),
    hours: Decimal | None = None,
) -> View:
    """Its metadata also says of which similar issues the person was asked."""
    with request.reading() as work:
        processes, settings = work.of(Process).find(order="name"), work.workspace
        if title and not similar:
            similar = use.similar_issues(work, title, None)
    asked = {*kept.get(SEEN, ()), *(issue.id for issue in similar)}
    metadata = metadata_of(**{**kept, SEEN: sorted(asked) or None})
    return issue_form.form(request.t, processes, draft, metadata, settings=settings, similar=similar, hours=hours)


def _asked_for(request: Request, wanted: str, most: int) -> tuple[list[IssueFacts], int]:
    """The first of the open issues that are asked for, and how many there are."""
    with request.reading() as work:
        asked = asked_for(work, request.member, wanted, request.today(work))
        return [_facts(work, issue, request) for issue in asked.first(work, most)], asked.count(work)


def _title(wanted: str, issues: Sequence[IssueFacts], t: Language) -> str:
    """What the list lists, as it was asked for."""
    word = word_of(wanted or OPEN, TITLES)
    if word:
        return t(TITLES[word])
    process = issues[0].process if issues else None
    return t("Open issues: {process}", process=t.name(process.name) if process else wanted)


def _text_of(message: Mapping[str, Any]) -> str:
    """The text of a message; of one that a program posted without, what its attachments say."""
    attached = (part.get("fallback") or part.get("text") or "" for part in message.get("attachments") or ())
    return str(message.get("text") or "\n".join(filter(None, attached)))


def _plain_text(request: Request, text: str) -> str:
    with request.reading() as work:
        people = work.of(Member).find(user_id=mentioned(text)) if mentioned(text) else []
    return readable(text, {member.user_id: member.name for member in people})


def _hours(request: Request) -> Decimal | None:
    """What is typed so far comes to; None while it cannot be read yet."""
    typed = request.values
    try:
        return hours_a_month(
            number(typed.get("times") or ""),
            in_minutes(typed.get("minutes") or ""),
            number(typed["people"]) if typed.get("people") else None,
        )
    except (UserError, InvalidOperation):  # what is no number, or too large a one
        return None


def _card_again(request: Request, work: UnitOfWork, issue: Issue) -> Reply:
    """A card that only this person sees (`/issue show`) is no message of ours to refresh: it is replaced."""
    if request.is_private:
        return Say(issue_card.card(_facts(work, issue, request), request.t), replace=True)
    return Done()


def _facts(work: UnitOfWork, issue: Issue, request: Request) -> IssueFacts:
    return facts_of(work, issue, request.today(work))
