"""Improvement projects, as a kind of record."""

from domain.core.kind import Kind
from domain.core.stored import Stored, index, unique
from domain.core.wording import words
from domain.projects.record import Project

PROJECT: Kind[Project] = Kind(
    "project",
    words("projects"),
    (Stored(Project, "projects", (unique("name"), index("process_id")), as_json=("background",)),),
)
