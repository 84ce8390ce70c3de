"""What people do with improvement projects: look them up."""

from domain.projects.queries import project_facts, projects_by_turn
from domain.projects.record import Project
from domain.text.lookup import called
from handlers.core.lookup import LookUp
from handlers.core.replies import Reply, Say
from handlers.core.request import Request
from handlers.core.routing import Routes
from views.projects import lists as projects

routes = Routes()


@routes.command("gemba project")
def run_project_command(request: Request) -> Reply:
    """`/gemba project [list | show NAME]`; a project's name alone shows it."""
    return LOOK_UP.run(request)


def list_projects(request: Request) -> Reply:
    with request.reading() as work:
        today = request.today(work)
        return Say(projects.listing(projects_by_turn(work, today), request.t))


def show_project(request: Request) -> Reply:
    """Raises UnknownName."""
    with request.reading() as work:
        today = request.today(work)
        if not request.text:
            known = [standing.project for standing in projects_by_turn(work, today)]
            return Say(projects.which(known, request.t))
        facts = project_facts(work, called(request.text, work.of(Project).find(order="name")), today)
    return Say(projects.show(facts, request.t))


LOOK_UP = LookUp("project", list_projects, show_project, lambda error, t: projects.unknown(error.text, error.near, t))
