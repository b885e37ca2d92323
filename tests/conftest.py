"""One server per test: its own instance folder, its own databases, real forms and real tokens."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from lms.base.clock import now
from lms.base.schema import prepare_databases
from lms.people.actions import begin_session
from lms.settings import Settings
from tests.builders import make_person, make_tree, publish
from tests.builders_courses import make_course_folder
from tests.serving import serving
from tests.visitor import TestVisitor


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with both databases brought up by the real migrations, made once."""
    folder = tmp_path_factory.mktemp("prepared")
    with serving(Settings(instance_dir=folder, demo=False)):
        prepare_databases()
    return folder


@pytest.fixture
def settings(prepared: Path, tmp_path: Path) -> Settings:
    """Settings of a server of its own, not a demonstration."""
    folder = tmp_path / "instance"
    shutil.copytree(prepared, folder)
    return Settings(instance_dir=folder, demo=False)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """A fresh server, its app context pushed."""
    with serving(settings) as server:
        yield server


@pytest.fixture
def client(app: Flask) -> TestVisitor:
    """A browser without script that checks every page it is given."""
    return TestVisitor(app)


@pytest.fixture
def tree(app: Flask) -> dict[str, str]:
    """Code → id of a small tree: UPAP > CI > CI-OP > ABJ > two offices, and KE with one."""
    return make_tree()


@pytest.fixture
def sign_in(app: Flask, tree: dict[str, str]) -> Callable[..., TestVisitor]:
    """`sign_in("manager", at="CI-OP", language="en")`: a browser with such a person signed in.

    The person's id is its `.person`.
    """

    def entered(
        role: str = "learner", *, at: str = "CI-OP", office: str = "CI-OP-ABJ-01", **facts: Any
    ) -> TestVisitor:
        person = make_person(office=tree[office], position=role, at=tree[at], **facts)
        browser = TestVisitor(app)
        browser.enter(begin_session(person=person, device="test", hours=1, at=now()), person)
        return browser

    return entered


@pytest.fixture
def course(app: Flask, tmp_path: Path) -> str:
    """The slug of a small published course: two lessons with six questions, a test of five."""
    return publish(make_course_folder(tmp_path / "courses"))
