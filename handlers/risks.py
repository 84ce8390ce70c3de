"""What people do with risks of projects: add one, list them, look at one."""

from domain.core import Command, UnitOfWork, UserError
from domain.projects.queries import projects_by_turn
from domain.projects.record import Project
from domain.risks.actions import add_risk, risks_of
from domain.risks.form import RiskForm
from domain.risks.kind import RISK
from domain.text.lookup import UnknownName, called
from handlers.core import Request, Routes, View, metadata_of
from handlers.core.records import Desk
from views.core import Rendered, name_choice
from views.core.labels import label
from views.home.help import Usage
from views.projects.lists import sentences
from views.risks.card import RiskFacts, listing
from views.risks.form import form
from views.risks.messages import LOOK

routes = Routes()
routes.help(
    "gemba",
    Usage("risk add [text]", label("adds a risk to a project")),
    Usage("risk list [NAME]", label("lists the risks of all projects or one, the gravest first")),
    Usage("risk show R-1", label("shows one risk")),
)


def _form(request: Request, work: UnitOfWork) -> View:
    """Projects under way come first. Raises UserError where there is none."""
    projects = [standing.project for standing in projects_by_turn(work, request.today(work))]
    if not projects:
        listed = Command("gemba project list")
        raise UserError("A risk belongs to a project, and there is none yet. See {command}.", command=listed)
    return form(request.text, projects, request.t, metadata_of(channel=request.channel_id))


def _list(request: Request, work: UnitOfWork) -> Rendered:
    """Of all projects, or of the one that is named."""
    projects = work.of(Project).find(order="name")
    try:
        risks = risks_of(work, called(request.text, projects).id if request.text else None)
    except UnknownName as error:
        return name_choice.unknown(error.text, error.near, sentences(request.t), request.t)
    names = {project.id: project.name for project in projects}
    return listing([RiskFacts(risk, names[risk.project_id]) for risk in risks], request.t)


VERBS = Desk(RISK, RiskForm, _form, add_risk, _list, LOOK).serve(routes, "风险")
