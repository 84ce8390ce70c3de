"""Improvement projects, as a kind of record."""

from domain.core import Kind, Stored, index, unique, words
from domain.projects.record import Project

PROJECT: Kind[Project] = Kind(
    "project",
    words("projects"),
    (Stored(Project, "projects", (unique("name"), index("process_id")), as_json=("background",)),),
)
