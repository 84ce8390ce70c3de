"""All routes."""

from handlers import issues
from handlers.commands import rerun
from handlers.routing import Routes


def all_routes() -> Routes:
    routes = Routes().include([issues.routes])
    routes.action("command.run")(rerun(routes))
    return routes
