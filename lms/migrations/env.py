"""Run by Alembic: the connection comes from `lms.base.schema`, the tables from the rooms."""

from alembic import context

from lms.base.database import RecordBase
from lms.migrations import is_in_the_tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=RecordBase.metadata,
    compare_type=True,
    include_name=is_in_the_tables,
)
context.run_migrations()
