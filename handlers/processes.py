"""What people do with the process inventory: look it up. It is changed under settings."""

from domain.inventory.queries import process_facts
from domain.people.routing import departments_by_id
from domain.processes.record import Process
from domain.text.lookup import called
from handlers.core import Reply, Request, Routes, Say, looked_up
from views.core import name_choice
from views.core.labels import label
from views.home.help import Usage
from views.processes import lists as processes

routes = Routes()
routes.help(
    "gemba",
    Usage("process list", label("lists the processes")),
    Usage("process show NAME", label("shows a process's steps and time limits, its problems and suggestions")),
)


def list_processes(request: Request) -> Reply:
    with request.reading() as work:
        inventory = work.of(Process).find(order="name")
        return Say(processes.listing(inventory, departments_by_id(work), request.t))


def show_process(request: Request) -> Reply:
    """Raises UnknownName."""
    with request.reading() as work:
        inventory = work.of(Process).find(order="name")
        if not request.text:
            return Say(name_choice.which(inventory, processes.sentences(request.t), request.t))
        facts = process_facts(work, called(request.text, inventory))
    return Say(processes.show(facts, request.t))


VERBS = looked_up("process", list_processes, show_process, processes.sentences)
routes.command("gemba process", "流程")(VERBS.run)
