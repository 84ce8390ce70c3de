"""All routes."""

from handlers import commitments as owed
from handlers import destinations as stops
from handlers import feedback, home, issues, menu, optimizations, pilots, processes, projects, tasks
from handlers import weekly_sync as sync
from handlers.core import choosing
from handlers.core.commands import rerun
from handlers.core.routing import Routes
from handlers.kpis import alerts as kpi_alerts
from handlers.kpis import charts as kpi_charts
from handlers.kpis import definitions as kpi_definitions
from handlers.kpis import imports as kpi_import
from handlers.kpis import reports as kpi_reports
from handlers.kpis import values as kpis
from handlers.settings import channel as settings_channel
from handlers.settings import menu as settings
from handlers.settings import structure as settings_structure
from handlers.settings import workspace as settings_workspace
from handlers.suggestions import box as suggestions
from handlers.suggestions import boxes as suggestion_boxes
from handlers.suggestions import triage


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
