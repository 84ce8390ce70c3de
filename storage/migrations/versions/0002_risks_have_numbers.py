"""Risks have numbers.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Those that are there are numbered in each workspace as they came, and the series goes on from there."""
    with op.batch_alter_table("risks") as risks:
        risks.add_column(sa.Column("number", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.execute(
        "UPDATE risks SET number = "
        "(SELECT count(*) FROM risks AS earlier WHERE earlier.team_id = risks.team_id AND earlier.id <= risks.id)"
    )
    op.execute(
        "INSERT INTO numbers (team_id, prefix, last) SELECT team_id, 'R', max(number) FROM risks GROUP BY team_id"
    )
    with op.batch_alter_table("risks") as risks:
        risks.alter_column("number", server_default=None)
        risks.create_unique_constraint(op.f("uq_risks_team_id_number"), ["team_id", "number"])
