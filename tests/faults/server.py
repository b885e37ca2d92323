"""A real server in processes of its own, which a test may starve, damage and kill."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import httpx
from bs4 import BeautifulSoup, Tag

from lms.app import create_app
from lms.base.clock import now
from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.base.schema import prepare_databases
from lms.courses.actions import publish_course, ready_folder
from lms.people.actions import begin_session
from lms.record.events import SYSTEM
from lms.settings import SITE, Settings
from tests.builders import SPRING, make_person, make_tree
from tests.builders_courses import make_course_folder
from tests.visitor import fields_of

PATIENCE: Final = 60.0
LESSON: Final = "/fr/courses/small-parcels/weigh"
T = TypeVar("T")


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A site with one course and one learner, Awa, in `folder / "instance"`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.instance = folder / "instance"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self.cookie = ""
        self.awa = ""
        (folder / "courses").mkdir()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def settings(self) -> Settings:
        """The settings of the site, for opening it in the test's own process."""
        return Settings(instance_dir=self.instance, demo=False)

    def fill(self) -> None:
        """Publishes the course, registers Awa and signs her in."""
        app = create_app(self.settings)
        with app.app_context():
            prepare_databases()
            office = make_tree()["CI-OP-ABJ-01"]
            folder = make_course_folder(self.folder)
            with writing():
                publish_course(
                    ready=ready_folder(folder), note="", by=SYSTEM, event_id=new_id(), at=SPRING
                )
            self.awa = make_person(office=office)
            token = begin_session(person=self.awa, device="test", hours=1, at=now())
            _close()
        serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        later = int(time.time()) + 3600
        self.cookie = serializer.dumps({"_user_id": token, "seen": later, "csrf_token": "0" * 40})

    def ask(self, question: Callable[[], T]) -> T:
        """What a room answers, from the files as they are; the server must be down."""
        with create_app(self.settings).app_context():
            try:
                return question()
            finally:
                _close()

    def command(self, *words: str, **given: str) -> subprocess.Popen[bytes]:
        """Begins `python -m lms …` on this site."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LMS_")}
        named = {
            "LMS_INSTANCE_DIR": str(self.instance),
            "LMS_COURSES_DIR": str(self.folder / "courses"),
            "LMS_PORT": str(self.port),
            "LMS_DEMO": "0",
            "LMS_READ_ALOUD": "0",
            "LMS_WORKERS": "2",
        }
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "lms", *words],
                cwd=SITE,
                env={**kept, **named, **given},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def start(self) -> None:
        """Starts, and waits until a page is answered."""
        until = time.monotonic() + PATIENCE
        self._process = self.command("serve")
        while time.monotonic() < until:
            if self._process.poll() is not None:
                if "is in use" not in self.said()[-300:]:
                    break
                time.sleep(0.3)  # orphans of a killed server hold the port for a moment
                self._process = self.command("serve")
            try:
                httpx.get(f"{self.url}/fr/sign-in", timeout=5).raise_for_status()
                return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError(f"The site did not start:\n{self.said()}")

    def said(self) -> str:
        """What was written to the terminal."""
        return self.log.read_text(errors="replace")

    def workers(self) -> list[int]:
        """The processes that answer."""
        assert self._process is not None
        path = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def kill(self) -> None:
        """The power fails: every process of the server ends at once."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Ends the server, politely first."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    def browser(self) -> httpx.Client:
        """A browser in which Awa is signed in."""
        return httpx.Client(base_url=self.url, cookies={"relais": self.cookie}, timeout=10)


def _close() -> None:
    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()


def lesson_form(browser: httpx.Client) -> dict[str, Any]:
    """The fields of the form that leaves the lesson, as the page shows it now."""
    page = browser.get(LESSON)
    page.raise_for_status()
    return form_on(page)


def form_on(page: httpx.Response) -> dict[str, Any]:
    """The fields of the last form of a page's main part."""
    main = BeautifulSoup(page.text, "html.parser").find("main")
    assert isinstance(main, Tag)
    return dict(fields_of(main.find_all("form", method="post")[-1]))


def event_of(form: dict[str, Any]) -> str:
    """The id of the event that a form will become."""
    return str(form["ticket"][0]).split("|")[0]
