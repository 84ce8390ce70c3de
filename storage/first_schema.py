"""The schema of the first migration, which was rewritten five times before it became final."""

from io import StringIO
from typing import Any

from sqlalchemy import Index, MetaData, Table

FIRST = "0001"


def first_schema(dialect: str, migrations: str) -> MetaData:
    """What its steps make, as tables; nothing is done to any database."""
    from alembic.operations import Operations  # 60 ms, so only here
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    made = MetaData()
    context = MigrationContext.configure(dialect_name=dialect, opts={"as_sql": True, "output_buffer": StringIO()})
    taking: Any = context.impl
    taking.create_table = lambda table, **_: table.to_metadata(made)
    taking.create_index = lambda index, **_: _index_in(made.tables[index.table.name], index)
    script = ScriptDirectory(migrations).get_revision(FIRST)
    assert script is not None
    with Operations.context(context):
        script.module.upgrade()
    return made


def _index_in(table: Table, index: Index) -> None:
    columns = [table.c[column.name] for column in index.columns]
    Index(index.name, *columns, unique=index.unique, **index.dialect_kwargs)
