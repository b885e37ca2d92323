"""The power fails while people learn: what they were told is saved, is saved."""

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from lms.learning.queries import find_progress
from lms.record.queries import breaks_in_chain, count_in_quarantine, events_about
from tests.faults.server import LESSON, Server, event_of, lesson_form

pytestmark = pytest.mark.slow
ROUNDS = 8


class Learner(threading.Thread):
    """Awa at one device: reads the lesson and presses “continue”, until she is told to stop."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.server = server
        self.confirmed: list[str] = []
        self.unsure: list[dict[str, object]] = []
        self.strange: list[int] = []
        self.enough = threading.Event()

    def run(self) -> None:
        with self.server.browser() as browser:
            while not self.enough.is_set():
                try:
                    self.once(browser)
                except httpx.TransportError:
                    time.sleep(0.05)

    def once(self, browser: httpx.Client) -> None:
        """Sends one form. Only “see other” is a confirmation."""
        form = lesson_form(browser)
        try:
            answer = browser.post(LESSON, data=form)
        except httpx.TransportError:
            self.unsure.append(form)
            raise
        if answer.status_code == 303:
            self.confirmed.append(event_of(form))
        else:
            self.strange.append(answer.status_code)


@contextmanager
def learning(server: Server, devices: int) -> Iterator[list[Learner]]:
    learners = [Learner(server) for _ in range(devices)]
    for learner in learners:
        learner.start()
    try:
        yield learners
    finally:
        for learner in learners:
            learner.enough.set()
        for learner in learners:
            learner.join()


def test_nothing_that_was_confirmed_is_lost_whenever_the_power_fails(server: Server) -> None:
    dice = random.Random(2026)
    server.start()
    with learning(server, 2) as learners:
        for number in range(ROUNDS):
            time.sleep(dice.uniform(0.2, 0.9))
            if number % 3 == 2:
                server.kill()
                server.start()
            else:
                os.kill(dice.choice(server.workers()), signal.SIGKILL)
        time.sleep(0.5)
    confirmed = {event for learner in learners for event in learner.confirmed}
    unsure = [form for learner in learners for form in learner.unsure]
    with server.browser() as browser:
        for form in unsure:
            assert browser.post(LESSON, data=form).status_code == 303
    server.stop()

    kept = server.ask(lambda: events_about(learner=server.awa, kinds={"lesson.finished"}))
    ids = [stored.id for stored in kept]
    assert len(confirmed) > ROUNDS, "the learners did learn"
    assert confirmed <= set(ids)
    assert {event_of(form) for form in unsure} <= set(ids)
    assert len(ids) == len(set(ids))
    assert not [status for learner in learners for status in learner.strange]
    assert server.ask(breaks_in_chain) == []
    assert server.ask(count_in_quarantine) == 0
    progress = server.ask(lambda: find_progress(server.awa, "small-parcels"))
    assert progress is not None and len(progress.evidence) == len(ids)
