"""Whatever leaves the site as a file or on paper tells help from no help."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
import time_machine
from flask import Flask
from pypdf import PdfReader

from lms.base.clock import now
from lms.certificates.paper.words import HELPED, WORDS
from lms.certificates.queries import certificates_of
from lms.learning.queries import find_completion
from lms.people.queries import current_person
from lms.reports.words import HELP
from tests.builders_assistance import NUMBER, helper_joins, make_helper, press_in_band
from tests.builders_reports import publish as publish_counted
from tests.flows.test_assistance import HELPED as KINDS
from tests.flows.test_assistance import learn
from tests.house.files import endpoints_with_files
from tests.visitor import Seen, TestVisitor, said

BOTH = pytest.mark.parametrize("language", ["fr", "en"])
Enter = Callable[..., TestVisitor]

TELLS_HELP: Final = {
    "counter.print_certificate",
    "learner.certificate_paper",
    "manager.download_people",
    "own.download_my_data",
    "own.print_my_data",
    "secretariat.download_figures",
    "secretariat.download_rows",
}
"""Files that say of a named or counted learner that something was learned."""
TELLS_NO_ANSWER: Final = {
    "audit.download_notes": "what officers did",
    "counter.print_card": "a number",
    "counter.print_cards": "numbers",
    "kiosk.still_here": "nothing",
    "manager.download_late": "what is not done",
    "manager.download_refused": "lines of a list that was sent in",
    "manager.example_file": "an example",
    "rights.print_sheet": "a code",
    "root.media": "pictures and recordings of courses",
    "trainer.download_list": "who came to a workshop",
    "trainer.export_edition": "a course",
    "trainer.print_list": "who came to a workshop",
    "trainer.preview_media": "pictures and recordings of courses",
}


def test_every_view_that_gives_a_file_is_known_here(app: Flask) -> None:
    found = endpoints_with_files(app)

    assert found >= TELLS_HELP, "the search finds what is known to be there"
    ending = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.endswith((".csv", ".json", ".pdf", ".xlsx", ".zip", ".xml"))
    }
    assert set(TELLS_NO_ANSWER) <= found | ending, "nothing is excused that is not there"
    unknown = (found | ending) - TELLS_HELP - set(TELLS_NO_ANSWER)
    assert unknown == set(), "say whether it tells of answers; if it does, walk it below"


@pytest.fixture(params=["self", "read-aloud", "typed"])
def two(
    request: pytest.FixtureRequest, sign_in: Enter, tree: dict[str, str], tmp_path: Path
) -> tuple[TestVisitor, TestVisitor, str]:
    """Awa, who learned alone, Binta, whom a helper helped, and how."""
    make_helper(tree["CI-OP-ABJ-01"])
    publish_counted(tmp_path, "s3")
    awa, binta = sign_in(), sign_in()
    learn(awa, "s3")
    helper_joins(binta, login=NUMBER)
    learn(binta, "s3", request.param)
    press_in_band(binta, binta.get("/en/my-learning"), "/leave")
    return awa, binta, request.param


@BOTH
def test_every_sheet_tells_help_from_no_help(
    sign_in: Enter, two: tuple[TestVisitor, TestVisitor, str], language: str
) -> None:
    awa, binta, mode = two
    expected = {
        number_of(awa): [said(language, "no"), said(language, HELP[""].text)],
        number_of(binta): [said(language, "yes"), said(language, HELP[mode].text)],
    }
    chief = sign_in("secretariat", at="UPAP")
    figures = f"/{language}/secretariat/figures"
    year = now().year

    sheets = {
        code: sheet(chief, f"{figures}/{code}?period={year}", "rows.csv") for code in ("1a", "1b")
    }
    sheets["people"] = sheet(
        sign_in("manager", at="CI-OP-ABJ-01"), f"/{language}/manager/people", "people.csv"
    )
    for name, lines in sheets.items():
        head = next(line for line in lines if said(language, "Assisted") in line)
        columns = [head.index(said(language, w)) for w in ("Assisted", "How it was answered")]
        found = {
            number: [line[column] for column in columns]
            for line in lines
            for number in expected
            if number in line and len(line) == len(head)
        }
        assert found == expected, name

    summary = sheet(chief, f"/{language}/secretariat/?period={year}", "figures.csv")
    split = [line for line in summary if said(language, "With a helper") in line]
    assert split, "the figures are split"


@BOTH
def test_what_a_learner_takes_away_tells_help_from_no_help(
    two: tuple[TestVisitor, TestVisitor, str], language: str
) -> None:
    for browser in two[:2]:
        mode = two[2] if browser is two[1] else ""
        words = said(language, HELP[mode].text)
        others = {said(language, each.text) for key, each in HELP.items() if key != mode}

        data = browser.get(f"/{language}/account/data")
        told = json.loads(browser.send(data, "data.json").response.get_data(as_text=True))
        marks = {
            (e["data"]["assisted"], e["data"]["mode"], e["data"]["helper"])
            for e in told["events"]
            if e["kind"] in KINDS
        }
        if mode:
            assert {(True, mode, "somebody else")} <= marks
            assert marks <= {(True, m, "somebody else") for m in ("self", mode)}
        else:
            assert marks == {(False, "self", None)}
        for text in (
            data.main,
            paper_text(browser.send(data, "data.pdf")),
            browser.get(f"/{language}/my-record").main,
        ):
            assert words in text
            assert not [each for each in others if each in text.replace(words, "")]


@pytest.mark.parametrize("language", ["fr", "en", "both"])
def test_a_certificate_says_that_a_helper_helped(
    two: tuple[TestVisitor, TestVisitor, str], language: str
) -> None:
    awa, binta, mode = two
    for browser in (awa, binta):
        [certificate] = certificates_of(browser.person)
        url = f"/en/my-certificates/{certificate.serial}.pdf?in={language}"
        text = paper_text(browser.get(url))
        for which in ("fr", "en") if language == "both" else (language,):
            sentences = {name: getattr(WORDS[which], name) for name in HELPED.values()}
            shown = {name for name, words in sentences.items() if words in text}
            assert shown == ({HELPED[mode]} if browser is binta else set())

        confirmed = browser.get(f"/en/verify/{certificate.serial}").main
        assert (said("en", HELP[mode].text) in confirmed) is (browser is binta)


def test_a_certificate_earned_alone_stays_so_when_a_helper_comes_later(
    two: tuple[TestVisitor, TestVisitor, str],
) -> None:
    awa = two[0]
    [certificate] = certificates_of(awa.person)
    helper_joins(awa)
    with time_machine.travel(now() + timedelta(minutes=2)):
        page = awa.get("/en/courses/s3/weigh")
        awa.send(page, "/courses/", help__mode="read-aloud")
        text = paper_text(awa.get(f"/en/my-certificates/{certificate.serial}.pdf?in=en"))
        done = find_completion(awa.person, "s3")
    assert done is not None and done.help == ""
    assert not [name for name in HELPED.values() if getattr(WORDS["en"], name) in text]


def number_of(browser: TestVisitor) -> str:
    """The person's number."""
    return current_person(browser.person).number


def lines_of(seen: Seen, language: str) -> Any:
    """The lines of a sheet."""
    text = seen.response.get_data(as_text=True).removeprefix("\ufeff")
    return csv.reader(io.StringIO(text), delimiter=";" if language == "fr" else ",")


def sheet(browser: TestVisitor, url: str, form: str) -> list[list[str]]:
    """The lines of a sheet that a page offers."""
    return list(lines_of(browser.send(browser.get(url), form), url[1:3]))


def paper_text(seen: Seen) -> str:
    """The words of a PDF, with single spaces."""
    assert seen.response.mimetype == "application/pdf"
    pages = PdfReader(io.BytesIO(seen.response.get_data())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
