"""Roll-outs, as a kind of record."""

from domain.core.kind import Kind
from domain.core.stored import Stored, index, unique
from domain.core.wording import words
from domain.rollouts.record import Rollout

ROLLOUT: Kind[Rollout] = Kind(
    "rollout",
    words("roll-outs"),
    (Stored(Rollout, "rollouts", (unique("name"), index("process_id"), index("project_id"))),),
)
