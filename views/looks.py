"""How all kinds of record look in messages: the one list that the wiring hands to who delivers them."""

from typing import Any

from views.cards.looks import Look, Makers
from views.commitments.messages import MAKERS as COMMITMENTS
from views.destinations.messages import MAKERS as DESTINATIONS
from views.home.messages import MAKERS as HOME
from views.issues.messages import LOOK as ISSUES
from views.kpis.messages import ALERTS, KPIS
from views.optimizations.messages import LOOK as OPTIMIZATIONS
from views.pilots.messages import LOOK as PILOTS
from views.risks.messages import LOOK as RISKS
from views.suggestions.messages import LOOK as SUGGESTIONS
from views.tasks.messages import LOOK as TASKS
from views.weekly_sync.messages import LOOK as SYNCS

LOOKS: tuple[Look[Any, Any], ...] = (ISSUES, TASKS, PILOTS, OPTIMIZATIONS, SUGGESTIONS, KPIS, ALERTS, RISKS, SYNCS)
OF_NO_KIND: tuple[Makers, ...] = (COMMITMENTS, DESTINATIONS, HOME)
