"""what the counter needs"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SECURE_DELETE_SINCE = (3, 42)


def upgrade() -> None:
    op.create_table(
        "day_change",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_change")),
    )
    op.create_index(op.f("ix_day_change_on"), "day_change", ["on"], unique=False)
    op.create_table(
        "source_file",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_source_file")),
    )
    op.add_column("person", sa.Column("telephone", sa.Text(), server_default="", nullable=False))
    fold_positions_once()
    forget_words_for_good()


def fold_positions_once() -> None:
    """Whoever holds a position is looked at on the first day, so that one that begins later has
    its row."""
    op.execute("INSERT INTO day_change (id, \"on\") SELECT DISTINCT learner, '' FROM position")


def forget_words_for_good() -> None:
    """Names that are erased leave no words behind in the index of words."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        version = tuple(int(n) for n in bind.scalar(sa.text("SELECT sqlite_version()")).split("."))
        if version >= SECURE_DELETE_SINCE:
            op.execute(
                "INSERT INTO person_search (person_search, rank) VALUES ('secure-delete', 1)"
            )
