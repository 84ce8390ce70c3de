"""All routes."""

from handlers import (
    feedback,
    home,
    issues,
    menu,
    optimizations,
    owed,
    pilots,
    processes,
    projects,
    settings,
    settings_channel,
    settings_structure,
    settings_workspace,
    stops,
    suggestion_boxes,
    suggestions,
    sync,
    tasks,
    triage,
)
from handlers.core import choosing
from handlers.core.commands import rerun
from handlers.core.routing import Routes
from handlers.kpis import alerts as kpi_alerts
from handlers.kpis import charts as kpi_charts
from handlers.kpis import definitions as kpi_definitions
from handlers.kpis import imports as kpi_import
from handlers.kpis import reports as kpi_reports
from handlers.kpis import values as kpis


def all_routes() -> Routes:
    routes = Routes().include(
        [
            choosing.routes,
            issues.routes,
            feedback.routes,
            pilots.routes,
            projects.routes,
            processes.routes,
            optimizations.routes,
            kpis.routes,
            kpi_import.routes,
            kpi_alerts.routes,
            kpi_charts.routes,
            kpi_reports.routes,
            kpi_definitions.routes,
            suggestions.routes,
            triage.routes,
            suggestion_boxes.routes,
            tasks.routes,
            owed.routes,
            sync.routes,
            menu.routes,
            home.routes,
            settings.routes,
            settings_channel.routes,
            settings_structure.routes,
            settings_workspace.routes,
            stops.routes,
        ]
    )
    routes.action("command.run")(rerun(routes))
    return routes
