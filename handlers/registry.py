"""All routes: the one list that the wiring is handed. Lines of the help come in its order."""

from collections.abc import Iterable

from handlers import (
    commitments,
    destinations,
    feedback,
    home,
    issues,
    menu,
    optimizations,
    pilots,
    processes,
    projects,
    risks,
    tasks,
    weekly_sync,
)
from handlers.core import Routes, choosing
from handlers.core.commands import rerun
from handlers.kpis import alerts, charts, definitions, imports, reports, values
from handlers.settings import channel, menu as settings, structure, workspace
from handlers.suggestions import box, boxes, triage

ROOMS = (
    choosing,
    issues,
    feedback,
    optimizations,
    box,
    triage,
    boxes,
    menu,
    tasks,
    values,
    imports,
    alerts,
    charts,
    reports,
    definitions,
    pilots,
    projects,
    risks,
    processes,
    commitments,
    weekly_sync,
    home,
    settings,
    channel,
    structure,
    workspace,
    destinations,
)
ROUTES: tuple[Routes, ...] = tuple(room.routes for room in ROOMS)


def all_routes(rooms: Iterable[Routes] = ROUTES) -> Routes:
    """One table of all of them. Raises ValueError where two answer the same."""
    routes = Routes().include(rooms)
    routes.action("command.run")(rerun(routes))
    return routes
