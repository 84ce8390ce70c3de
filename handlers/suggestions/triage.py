"""What triagers do with suggestions: look through them, decide, make issues of them."""

from domain.forms.base import LONGEST_TITLE
from domain.suggestions import triage as use
from domain.suggestions.actions import suggestions_to_triage
from domain.suggestions.form import Refusal
from domain.suggestions.queries import facts_of
from domain.suggestions.record import Suggestion, SuggestionState
from domain.suggestions.rights import TRIAGE
from handlers import issues
from handlers.core import Done, Open, Reply, Request, Routes, Say, form_of, metadata_of
from views.issues.form import Draft
from views.suggestions import card as suggestion_cards, dialogs as suggestion_dialogs, lists as suggestion_lists
from views.suggestions.carried import Seen

routes = Routes()


@routes.command("suggest list")
def list_suggestions(request: Request) -> Reply:
    """`/suggest list`: what waits, then what is under way."""
    TRIAGE.check(request.member)
    with request.reading() as work:
        suggestions = [facts_of(work, suggestion) for suggestion in suggestions_to_triage(work)]
    return Say(suggestion_lists.listing(suggestions, request.t))


@routes.action("suggest.show")
def show_suggestion(request: Request) -> Reply:
    """'Open' in the list: the card, in private."""
    TRIAGE.check(request.member)
    with request.reading() as work:
        facts = facts_of(work, work.of(Suggestion).get(request.record_id))
    return Say(suggestion_cards.card(facts, request.t))


@routes.action("suggest.accept")
def accept(request: Request) -> Reply:
    return _move(request, request.carried(Seen), SuggestionState.CLASSIFIED)


@routes.action("suggest.move")
def move_on(request: Request) -> Reply:
    """A step of the pipeline was chosen in the card's menu."""
    seen = request.carried(Seen)
    return _move(request, seen, seen.to or seen.state)


@routes.action("suggest.decline")
def ask_reason(request: Request) -> Reply:
    seen = request.carried(Seen)
    with request.reading() as work:
        suggestion = use.as_seen(work, request.member, seen.suggestion, seen.state)
    metadata = metadata_of(suggestion=seen.suggestion, seen=seen.state)
    return Open(suggestion_dialogs.decline_form(suggestion, request.t, metadata))


@routes.submission("suggest.decline")
def decline(request: Request) -> Reply:
    form, suggestion_id = form_of(request, Refusal), request.metadata["suggestion"]
    seen, declined = SuggestionState(request.metadata["seen"]), SuggestionState.DECLINED
    with request.writing() as work:
        use.decide(work, request.member, suggestion_id, seen, declined, now=request.now, reason=form.reason)
    return Done()


@routes.action("suggest.issue")
def make_issue(request: Request) -> Reply:
    """The form of an issue, with the text. When it is filed, `issue.file` plans the suggestion."""
    suggestion_id = request.record_id
    with request.reading() as work:
        text = use.may_become_issue(work, request.member, suggestion_id).text
    title = text.splitlines()[0][:LONGEST_TITLE]
    draft = Draft(title=title, what="" if text == title else text)
    return issues.form_with(request, draft, suggestion=suggestion_id, channel=request.channel_id)


@routes.action("suggest.author")
def show_author(request: Request) -> Reply:
    with request.writing() as work:
        suggestion = use.look_up_author(work, request.member, request.record_id, now=request.now)
    return Say(suggestion_dialogs.author(suggestion, request.t))


def _move(request: Request, seen: Seen, to: SuggestionState) -> Reply:
    with request.writing() as work:
        moved = use.decide(work, request.member, seen.suggestion, seen.state, to, now=request.now)
        facts = facts_of(work, moved)
    return Say(suggestion_cards.card(facts, request.t), replace=True) if request.is_private else Done()
