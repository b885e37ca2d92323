"""Run by Alembic: the connection comes from `lms.base.schema`, the tables from the rooms."""

from alembic import context

from lms.base.database import RecordBase

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=RecordBase.metadata, compare_type=True)
context.run_migrations()
