"""The disk is full: nothing typed is lost, and after some space is freed it goes in."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from lms.record.queries import breaks_in_chain, events_about
from tests.faults.server import LESSON, Server, event_of, form_on, lesson_form

pytestmark = pytest.mark.slow


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 12 MB; needs root."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)])
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def server(small_disk: Path) -> Iterator[Server]:
    site = Server(small_disk)
    site.fill()
    yield site
    site.stop()


def fill_up(place: Path) -> Path:
    """Takes every last byte."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return ballast


def test_a_form_sent_to_a_full_disk_is_kept_on_the_page_and_goes_in_afterwards(
    server: Server, small_disk: Path
) -> None:
    server.start()
    confirmed: list[str] = []
    with server.browser() as browser:
        confirmed.append(event_of(form := lesson_form(browser)))
        assert browser.post(LESSON, data=form).status_code == 303

        ballast = fill_up(small_disk)
        refused = None
        for _ in range(200):
            form = lesson_form(browser)
            answer = browser.post(LESSON, data=form)
            if answer.status_code != 303:
                refused = answer
                break
            confirmed.append(event_of(form))
        assert refused is not None, "the disk was not full"
        assert refused.status_code == 507
        assert "disque" in refused.text
        again = form_on(refused)
        assert again["ticket"] == form["ticket"]
        assert browser.get(LESSON).status_code == 200, "what is there can be read"

        ballast.unlink()
        sent_again = browser.post(LESSON, data=again)
        assert sent_again.status_code == 303
        assert browser.post(LESSON, data=again).status_code == 303
    server.stop()

    kept = server.ask(lambda: events_about(learner=server.awa, kinds={"lesson.finished"}))
    assert [stored.id for stored in kept] == [*confirmed, event_of(form)]
    assert server.ask(breaks_in_chain) == []
