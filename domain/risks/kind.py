"""Risks, as a kind of record."""

from domain.core import Kind, Numbered, Stored, index, unique, words
from domain.risks.record import Risk

RISK: Kind[Risk] = Kind(
    "risk",
    words("risks"),
    (Stored(Risk, "risks", (unique("number"), index("project_id")), as_json=("what",)),),
    numbered=Numbered(1, listed_by="gemba risk list", shown_by="gemba risk show"),
    own_card=lambda _risk: "",
)
