"""What people do with improvement projects: look them up."""

from domain.projects.queries import project_facts, projects_by_turn
from domain.projects.record import Project
from domain.text.lookup import called
from handlers.core import Reply, Request, Routes, Say, looked_up
from views.core import name_choice
from views.core.labels import label
from views.home.help import Usage
from views.projects import lists as projects

routes = Routes()
routes.help(
    "gemba",
    Usage("project list", label("lists the improvement projects")),
    Usage("project show NAME", label("shows a project's goals, scope, plan, risks and roll-outs")),
)


def list_projects(request: Request) -> Reply:
    with request.reading() as work:
        today = request.today(work)
        return Say(projects.listing(projects_by_turn(work, today), request.t))


def show_project(request: Request) -> Reply:
    """Raises UnknownName."""
    with request.reading() as work:
        today = request.today(work)
        if not request.text:
            ordered = [standing.project for standing in projects_by_turn(work, today)]
            return Say(name_choice.which(ordered, projects.sentences(request.t), request.t))
        facts = project_facts(work, called(request.text, work.of(Project).find(order="name")), today)
    return Say(projects.show(facts, request.t))


VERBS = looked_up("project", list_projects, show_project, projects.sentences)
routes.command("gemba project", "项目")(VERBS.run)
