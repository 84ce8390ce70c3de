"""What people do with the process inventory: look it up. It is changed under settings."""

from domain.inventory.queries import process_facts
from domain.people.routing import departments_by_id
from domain.processes.record import Process
from domain.text.lookup import called
from handlers.core.lookup import LookUp
from handlers.core.replies import Reply, Say
from handlers.core.request import Request
from handlers.core.routing import Routes
from views.processes import lists as processes

routes = Routes()


@routes.command("gemba process")
def run_process_command(request: Request) -> Reply:
    """`/gemba process [list | show NAME]`; a process's name alone shows it."""
    return LOOK_UP.run(request)


def list_processes(request: Request) -> Reply:
    with request.reading() as work:
        found = work.of(Process).find(order="name")
        return Say(processes.listing(found, departments_by_id(work), request.t))


def show_process(request: Request) -> Reply:
    """Raises UnknownName."""
    with request.reading() as work:
        known = work.of(Process).find(order="name")
        if not request.text:
            return Say(processes.which(known, request.t))
        facts = process_facts(work, called(request.text, known))
    return Say(processes.show(facts, request.t))


LOOK_UP = LookUp("process", list_processes, show_process, lambda error, t: processes.unknown(error.text, error.near, t))
