"""The Home tab. It is shown when it is opened, and again (by the dispatcher) after something was done from it."""

from domain.home.queries import overview
from handlers.core import Done, Home, Reply, Request, Routes
from views.home import tab as home

routes = Routes()


@routes.event("app_home_opened")
def show_home(request: Request) -> Reply:
    """The other tabs of the app's page (messages, about) send this event too."""
    if request.payload.get("tab") != "home":
        return Done()
    with request.reading() as work:
        seen = overview(work, request.member, now=request.now)
    return Home(home.home(seen, request.t))
