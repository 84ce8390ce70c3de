"""Alembic's environment. It is given an open connection by `storage.upgrade`; `alembic` itself opens DATABASE_URL."""

import os
from typing import Any, Literal

from alembic import context
from sqlalchemy import MetaData
from sqlalchemy.types import TypeDecorator

from storage.engine import open_engine
from storage.tables import Schema


def plain_type(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Write our own column types as plain ones, so that old migrations import nothing of ours."""
    if kind == "type" and isinstance(item, TypeDecorator):
        impl = item.impl_instance
        if type(impl).__name__ == "JSON":
            autogen_context.imports.add("from sqlalchemy.dialects import postgresql")
            return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
        if type(impl).__name__ == "Numeric":
            return "sa.Numeric().with_variant(sa.String(), 'sqlite')"
        return f"sa.{impl!r}"
    return False


def run(connection: Any, tables: MetaData | None = None) -> None:
    context.configure(
        connection=connection, target_metadata=tables, render_item=plain_type, transaction_per_migration=False
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    from domain.kinds import KINDS

    with open_engine(os.environ.get("DATABASE_URL", "sqlite:///data/gemba.db")).connect() as opened:
        run(opened, Schema(KINDS).metadata)
