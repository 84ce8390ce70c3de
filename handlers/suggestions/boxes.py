"""Putting suggestion boxes into channels."""

from domain.core import UserError
from domain.people.routing import link_to
from domain.suggestions import boxes as use
from domain.suggestions.record import Box
from domain.text.command_words import word_of
from handlers.core import Done, Reply, Request, Routes, Say
from handlers.suggestions.box import form_with
from views.suggestions import boxes as suggestion_boxes
from views.suggestions.carried import BoxSeen

routes = Routes()


@routes.command("suggest box")
def put_box(request: Request) -> Reply:
    """`/suggest box here`: a pinned message with a button."""
    if not request.text:
        return Say(suggestion_boxes.how(request.t))
    if not word_of(request.text, ("here",)):
        return form_with(request, f"box {request.text}")
    channel_id = request.team_channel
    if not channel_id:
        raise UserError("A suggestion box stands in a channel. Open the channel and type this there.")
    with request.reading() as work:
        box = work.of(Box).one(channel_id=channel_id)
        if box is not None:
            return Say(suggestion_boxes.there(box, link_to(work, use.sign_key(box)), request.t))
    if not request.directory.is_in(channel_id):
        raise UserError(
            "I am not in this channel yet, so I cannot pin anything here. Type /invite @Gemba, then try again."
        )
    with request.writing() as work:
        use.put_box(work, request.member, channel_id, now=request.now)
    return Done()


@routes.action("suggest.box_again")
def put_box_again(request: Request) -> Reply:
    """The sign was deleted or its message never came."""
    seen = request.carried(BoxSeen)
    with request.writing() as work:
        use.put_again(work, request.member, seen.box, seen.signs, now=request.now)
    return Done()
