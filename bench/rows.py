"""The rows of the table: each is a contest between the site and its baseline."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Final

from bench.bare import MANIFEST
from bench.browser import Answer, Browser, NotAsExpected, first_choice, hidden_fields
from bench.contest import ROUNDS, SITE, Requests, Runner, Scores, contest
from bench.people import LEARNERS, PASSWORD, Places, login_of
from bench.servers import Server

FIXED: Final = "a"
READ: Final = "b"
WRITTEN: Final = "c"
ANSWERS_IN_A_ROUND: Final = 120


@dataclass(frozen=True, slots=True)
class Result:
    """One row: its name, its bytes, and what the rounds gave."""

    name: str
    key: str
    size: int
    scores: Scores


def signed_in(server: Server, login: str, password: str = PASSWORD) -> Browser:
    """A browser whose person has just signed in."""
    browser = Browser(server.port)
    browser.sign_in(login, password)
    return browser


def addresses(places: Places) -> dict[str, str]:
    """Key → address of the pages that are read."""
    course = f"/fr/courses/{places.course}"
    return {
        "lesson": f"{course}/{places.lesson}",
        "course": course,
        "catalogue": "/fr/courses",
        "verify": f"/fr/verify/{places.serial}",
        "certificate": f"/fr/my-certificates/{places.serial}.pdf",
    }


def page_of(browser: Browser, address: str) -> Answer:
    """The page, or a stop."""
    answer = browser.get(address)
    if answer.status != 200:
        raise NotAsExpected(f"{address}: {answer.status}")
    return answer


def keep_pages(folder: Path, pages: dict[str, Answer]) -> None:
    """Writes the pages where the baseline finds them."""
    folder.mkdir(exist_ok=True)
    for key, answer in pages.items():
        (folder / key).write_bytes(answer.body)
    kinds = {key: answer.headers["Content-Type"] for key, answer in pages.items()}
    (folder / MANIFEST).write_text(json.dumps(kinds))


def again_and_again(browser: Browser, address: str, encoding: str, **headers: str) -> Requests:
    """The same GET without end, its cookie renewed before each round."""

    def requests() -> Iterator[bytes]:
        page_of(browser, address)
        browser.close()
        return cycle([browser.request(address, encoding, **headers)])

    return requests


def bare_get(server: Server, address: str, encoding: str) -> Requests:
    """A GET to the baseline: no cookie."""
    return lambda: cycle([Browser(server.port).request(address, encoding)])


@dataclass(frozen=True, slots=True)
class Field:
    """Both servers, the signed-in browser, and the addresses."""

    site: Server
    bare: Server
    browser: Browser
    pages: dict[str, str]

    def reading(
        self, name: str, key: str, encoding: str, size: int, rounds: int = ROUNDS
    ) -> Result:
        """A page in full, against the same bytes and against one read and one render."""
        runners = [
            Runner(SITE, self.site, again_and_again(self.browser, self.pages[key], encoding))
        ]
        return Result(name, key, size, contest(runners + self._bare(key, encoding), rounds=rounds))

    def _bare(self, key: str, encoding: str) -> list[Runner]:
        fixed = Runner(FIXED, self.bare, bare_get(self.bare, f"/fixed/{key}", encoding))
        if key == "certificate":
            return [fixed]
        return [fixed, Runner(READ, self.bare, bare_get(self.bare, f"/read/{key}", encoding))]

    def unchanged(self, name: str, key: str, encoding: str) -> Result:
        """A page that the browser has: 304, against the baseline's whole page."""
        address = self.pages[key]
        tag = self.browser.get(address, encoding).headers["ETag"]
        self.browser.close()
        asked = again_and_again(self.browser, address, encoding, **{"If-None-Match": tag})
        runners = [Runner(SITE, self.site, asked, 304), *self._bare(key, encoding)]
        return Result(name, key, 0, contest(runners))


@dataclass(slots=True)
class Answering:
    """Many learners who answer one question: each answer is a new event with its own ticket."""

    site: Server
    bare: Server
    places: Places
    learners: list[Browser]

    @classmethod
    def prepared(cls, site: Server, bare: Server, places: Places) -> "Answering":
        """Signs the learners in."""
        learners = [signed_in(site, login_of(number)) for number in range(1, LEARNERS + 1)]
        for learner in learners:
            learner.close()
        return cls(site, bare, places, learners)

    @property
    def address(self) -> str:
        """The question's page."""
        where = f"/fr/courses/{self.places.course}/{self.places.question_lesson}"
        return f"{where}/questions/{self.places.question}"

    def result(self) -> Result:
        """The answers, against as many durable one-row inserts."""
        runners = [
            Runner(SITE, self.site, self._answers, 303),
            Runner(WRITTEN, self.bare, self._inserts, 303),
        ]
        return Result("Quiz answer (POST)", "answer", 0, contest(runners, seconds=60))

    def _answers(self) -> Iterator[bytes]:
        return iter([self._form(number) for number in range(ANSWERS_IN_A_ROUND)])

    def _form(self, number: int) -> bytes:
        learner = self.learners[number % len(self.learners)]
        page = page_of(learner, f"{self.address}?again=1").text
        learner.close()
        return learner.form_request(self.address, {**hidden_fields(page), **first_choice(page)})

    def _inserts(self) -> Iterator[bytes]:
        fields = {"ticket": "t" * 250, "edition": "e" * 64, "csrf_token": "c" * 90, "answer": "a"}
        request = Browser(self.bare.port).form_request("/write", fields)
        return iter([request] * ANSWERS_IN_A_ROUND)
