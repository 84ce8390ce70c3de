"""All kinds of record: the one list that the wiring hands to storage and to what all kinds share."""

from typing import Any

from domain.core import Kind
from domain.issues.kind import ISSUE
from domain.kpis.alerts.kind import ALERT
from domain.kpis.kind import KPI
from domain.optimizations.kind import OPTIMIZATION
from domain.pilots.kind import PILOT
from domain.processes.kind import PROCESS
from domain.projects.kind import PROJECT
from domain.risks.kind import RISK
from domain.rollouts.kind import ROLLOUT
from domain.suggestions.kind import SUGGESTION
from domain.tasks.kind import TASK
from domain.weekly_sync.kind import SYNC

KINDS: tuple[Kind[Any], ...] = (
    PROCESS,
    PROJECT,
    RISK,
    ROLLOUT,
    ISSUE,
    TASK,
    PILOT,
    OPTIMIZATION,
    SUGGESTION,
    KPI,
    ALERT,
    SYNC,
)
