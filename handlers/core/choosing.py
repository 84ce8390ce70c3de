"""What is found in menus that fill as one types, where there is too much for one menu."""

from domain.people.record import Department
from domain.pilots.record import Pilot
from domain.processes.record import Process
from domain.text.lookup import like
from handlers.core.replies import Options, Reply
from handlers.core.request import Request
from handlers.core.routing import Routes
from views.core import OPTIONS, choosing

routes = Routes()


@routes.options("choose.process")
def find_processes(request: Request) -> Reply:
    with request.reading() as work:
        matches = like(_typed(request), work.of(Process).find(order="name"))
    return Options(choosing.processes(matches[:OPTIONS], request.t))


@routes.options("choose.pilot")
def find_pilots(request: Request) -> Reply:
    """By name; `P-12` finds its number."""
    typed = _typed(request)
    with request.reading() as work:
        pilots = work.of(Pilot).find(order="-id")
    numbered = [pilot for pilot in pilots if typed and pilot.reference.casefold().startswith(typed.casefold())]
    return Options(choosing.pilots((numbered or like(typed, pilots))[:OPTIONS], request.t))


@routes.options("choose.department")
def find_departments(request: Request) -> Reply:
    with request.reading() as work:
        matches = like(_typed(request), work.of(Department).find(order="name"))
    return Options(choosing.departments(matches[: OPTIONS - 1], request.t))


@routes.options("choose.group")
def find_groups(request: Request) -> Reply:
    """User groups, which Slack has no menu for."""
    wanted = _typed(request).casefold()
    offered = choosing.groups(request.directory.groups())
    return Options([option for option in offered if wanted in option["text"]["text"].casefold()][:OPTIONS])


def _typed(request: Request) -> str:
    return str(request.payload.get("value") or "").strip()
