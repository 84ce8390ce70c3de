"""What people do with the suggestion box: drop something in, see where it stands."""

from domain.suggestions import actions as use
from domain.suggestions.form import Origin, SuggestionForm
from domain.suggestions.queries import facts_of
from domain.suggestions.record import SuggestionMode, WaitingSuggestion
from handlers.core import Done, Open, Reply, Request, Routes, Say, Update, form_of, metadata_of
from views.core.labels import label
from views.home.help import Usage
from views.suggestions import form as suggestion_form, lists as suggestion_lists

routes = Routes(discreet=True)
routes.slash(
    "suggest",
    label("Drop a suggestion into the box, with or without your name"),
    Usage("[text]", label("opens the suggestion box")),
    Usage("status CODE", label("tells where an anonymous suggestion stands")),
    Usage("status [S-3]", label("tells where a suggestion under your name stands, or lists all of yours")),
    Usage("list", label("lists what waits for a decision (for triagers)")),
    Usage("box here", label("puts a suggestion box into this channel")),
)
LONGEST_CODE = 3
"""More words than this behind `status` are the beginning of a suggestion (`status board in the hall`)."""


@routes.command("suggest")
def open_form(request: Request) -> Reply:
    """`/suggest [text]`: the form, with the text."""
    return form_with(request, request.text)


@routes.shortcut("make_suggestion")
@routes.action("home.suggest")
def open_empty_form(request: Request) -> Reply:
    return form_with(request, "")


@routes.action("suggest.box")
def open_form_of_box(request: Request) -> Reply:
    """The button of a box that stands in a channel."""
    return form_with(request, "", box=request.record_id)


@routes.submission("suggest.send")
def submit_form(request: Request) -> Reply:
    """'Send' was pressed. An anonymous one goes on without the person; its code is shown in the modal, once."""
    form, origin = form_of(request, SuggestionForm), Origin.read(request.metadata)
    if form.mode is SuggestionMode.ANONYMOUS:
        return _drop_in(request, form, origin)
    with request.writing() as work:
        use.collect(work, request.member, form, origin, now=request.now)
    return Done()


@routes.command("suggest status")
def show_status(request: Request) -> Reply:
    """`/suggest status CODE`, `/suggest status S-3`, or one's own where nothing is given."""
    if len(request.text.split()) > LONGEST_CODE:
        return form_with(request, f"status {request.text}")
    with request.reading() as work:
        if not request.text:
            own = use.suggestions_of(work, request.member)
            return Say(suggestion_lists.mine(own, request.t))
        suggestion = use.suggestion_by_code_or_number(work, request.member, request.text)
        if isinstance(suggestion, WaitingSuggestion):
            return Say(suggestion_lists.still_waiting(suggestion, use.minutes_of_waiting(work), request.t))
        facts = facts_of(work, suggestion)
    return Say(suggestion_lists.status(facts, request.t))


def form_with(request: Request, text: str, *, box: int | None = None) -> Reply:
    metadata = metadata_of(channel=request.channel_id, box=box)
    with request.reading() as work:
        minutes = use.minutes_of_waiting(work)
    return Open(suggestion_form.form(request.t, text, metadata, minutes, from_box=box is not None))


def _drop_in(request: Request, form: SuggestionForm, origin: Origin) -> Reply:
    """A redelivery, or a second press after no answer came, shows the same code again."""
    with request.writing(anonymous=True) as work:
        code = use.collect_anonymous(work, form, origin, request=str(request.view["id"]), now=request.now)
        unread, minutes = not work.workspace.triage_channel, use.minutes_of_waiting(work)
    return Update(suggestion_form.code_shown(code, request.t, minutes, unread=unread))
