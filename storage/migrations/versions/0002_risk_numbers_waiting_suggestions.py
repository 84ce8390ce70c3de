"""Risks have numbers; anonymous suggestions wait for others before they are numbered and shown.

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
    """Risks that are there are numbered in each workspace as they came, and the series goes on from there."""
    op.create_table(
        "waiting_suggestions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("box_id", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_suggestions")),
        sa.UniqueConstraint("team_id", "code_hash", name=op.f("uq_waiting_suggestions_team_id_code_hash")),
    )
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
