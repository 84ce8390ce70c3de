"""Roll-outs, as a kind of record."""

from domain.core import Kind, Stored, index, unique, words
from domain.rollouts.record import Rollout

ROLLOUT: Kind[Rollout] = Kind(
    "rollout",
    words("roll-outs"),
    (Stored(Rollout, "rollouts", (unique("name"), index("process_id"), index("project_id"))),),
)
