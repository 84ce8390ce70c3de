"""Risks, as a kind of record."""

from domain.core.kind import Kind
from domain.core.stored import Stored, index
from domain.core.wording import words
from domain.risks.record import Risk

RISK: Kind[Risk] = Kind(
    "risk",
    words("risks"),
    (Stored(Risk, "risks", (index("project_id"),), as_json=("what",)),),
)
