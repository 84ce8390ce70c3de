"""'Try again', where Slack lets nothing through: in the message about it, and on the Home tab of admins."""

from domain.destinations.actions import try_again
from handlers.core import Done, Reply, Request, Routes

routes = Routes()


@routes.action("stop.try")
def retry_blocked(request: Request) -> Reply:
    """The message about it tells how it went."""
    with request.writing() as work:
        try_again(work, request.member, request.record_id, now=request.now)
    return Done()
