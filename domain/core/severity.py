"""How grave something is: an issue, a risk, a problem of a pilot."""

from enum import StrEnum


class Severity(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
