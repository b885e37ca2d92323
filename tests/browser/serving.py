"""A real server for the browser's tests: the product's start command, in a folder of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar

import httpx

from lms.app import Relais, create_app
from lms.settings import SITE, Settings

LEARNERS: Final = 30
PATIENCE: Final = 120.0
T = TypeVar("T")


class Site:
    """A running server, and a way into its record that does not go through its pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"

    def start(self) -> None:
        """Starts, and waits until a page is answered."""
        given = {
            "LMS_INSTANCE_DIR": str(self.folder / "instance"),
            "LMS_PORT": str(self.port),
            "LMS_DEMO": "1",
            "LMS_READ_ALOUD": "0",
            "LMS_DEMO_LEARNERS": str(LEARNERS),
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LMS_")}
        with self.log.open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "lms", "serve"],
                cwd=SITE,
                env={**kept, **given},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            try:
                httpx.get(f"{self.url}/fr/", timeout=5).raise_for_status()
                return
            except httpx.TransportError:
                time.sleep(0.2)
        raise RuntimeError(f"The site did not start:\n{self.log.read_text()}")

    def stop(self) -> None:
        """Ends the server, politely first."""
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @cached_property
    def app(self) -> Relais:
        """The same site, opened a second time beside the running one, as its commands do."""
        return create_app(
            Settings(
                instance_dir=self.folder / "instance",
                demo=True,
                demo_learners=LEARNERS,
                port=self.port,
            )
        )

    def ask(self, question: Callable[[], T]) -> T:
        """What a room answers, from the record as it is now."""
        with self.app.app_context():
            return question()

    def endpoint_of(self, path: str) -> str:
        """Which view answers an address; empty where none does."""
        from werkzeug.exceptions import HTTPException

        try:
            endpoint: str = self.app.url_map.bind("").match(path.split("?")[0], method="GET")[0]
            return endpoint
        except HTTPException:
            return ""

    def has(self, endpoint: str) -> bool:
        """Whether the site has this view."""
        return endpoint in self.app.view_functions


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
