"""The wheel is the whole site: installed alone, it serves."""

import os
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_courses_words_styles_and_templates(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for wanted in (
        "lms/bundled/courses/cyber-security/course.yaml",
        "lms/bundled/translations/fr/LC_MESSAGES/messages.mo",
        "lms/bundled/static/site.css",
        "lms/web/templates/base.html",
        "lms/migrations/versions/0001_the_first_tables.py",
        "lms/people/data/member_states.csv",
    ):
        assert wanted in names
    assert not [name for name in names if name.startswith(("tests/", "instance/"))]


def test_a_server_installed_from_the_wheel_answers(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, "--target", str(target), str(wheel)], check=True)
    port = free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": str(target),
        "LMS_PORT": str(port),
        "LMS_DEMO": "0",
        "LMS_INSTANCE_DIR": str(tmp_path / "instance"),
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "lms", "serve"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        page = _first_answer(f"http://127.0.0.1:{port}/fr/courses", server)
        assert "Cybersécurité au guichet" in page
    finally:
        server.terminate()
        server.wait(20)


def _first_answer(url: str, server: "subprocess.Popen[bytes]") -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, server.stderr.read().decode() if server.stderr else ""
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not answer within a minute")
