"""Risks, as a kind of record."""

from domain.core.kind import Kind
from domain.core.stored import Stored, index
from domain.risks.record import Risk

RISK: Kind[Risk] = Kind(
    "risk",
    (Stored(Risk, "risks", (index("project_id"),), as_json=("what",)),),
)
