"""The short set: what follows from answers, and words that nobody here may change."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml

from lms.people.functioning.rules import ANSWERS, DOMAINS, disability
from lms.people.functioning.wordings import WordingsWrong, install_wordings, official_wording
from tests.builders_functioning import write_test_words

ALL_FINE: dict[str, Any] = dict.fromkeys(DOMAINS, "no")


def test_one_activity_that_is_very_difficult_or_impossible_is_a_disability() -> None:
    for domain in DOMAINS:
        for answer in ("a-lot", "cannot"):
            assert disability({**ALL_FINE, domain: answer}) == "yes"
        assert disability({**ALL_FINE, domain: "some"}) == "no"
    assert disability(ALL_FINE) == "no"


def test_who_would_not_say_is_neither_yes_nor_no() -> None:
    assert disability(None) == "not-asked"
    assert disability({}) == "refused"
    assert disability({**ALL_FINE, "seeing": "refused"}) == "refused"
    assert disability({**ALL_FINE, "seeing": "refused", "hearing": "cannot"}) == "yes"


def test_without_a_file_of_the_operator_only_english_is_official(tmp_path: Path) -> None:
    install_wordings(tmp_path / "functioning")

    english = official_wording("en")
    assert english is not None and official_wording("fr") is None
    assert tuple(english.questions) == DOMAINS
    assert tuple(english.answers) == tuple(each for each in ANSWERS if each != "refused")


def test_nobody_changed_the_official_english_words(tmp_path: Path) -> None:
    install_wordings(tmp_path)
    wording = official_wording("en")
    assert wording is not None
    words = [wording.introduction, *wording.questions.values(), *wording.answers.values()]
    digest = hashlib.sha256("\n".join(words).encode()).hexdigest()
    assert digest[:16] == "02e6ae76ff550973"


def test_an_operator_adds_a_language_in_any_order_of_keys(tmp_path: Path) -> None:
    write_test_words(tmp_path)
    install_wordings(tmp_path)

    french = official_wording("fr")
    assert french is not None
    assert tuple(french.questions) == DOMAINS
    assert french.answers["no"] == "Réponse d’essai no"


WRONG: dict[str, tuple[Any, str]] = {
    "a question is missing": (lambda d: d["questions"].pop("self-care"), "questions.self-care"),
    "an answer is missing": (lambda d: d["answers"].pop("no"), "answers.no"),
    "the source is missing": (lambda d: d.pop("source"), "source"),
    "there is a seventh question": (lambda d: d["questions"].update(pain="?"), "questions.pain"),
    "there is a fifth answer": (lambda d: d["answers"].update(refused="?"), "answers.refused"),
    "there is an unknown key": (lambda d: d.update(title="?"), "title"),
    "a question is empty": (lambda d: d["questions"].update(seeing=" "), "questions.seeing"),
    "the questions are no list of keys": (lambda d: d.update(questions="?"), "questions"),
    "the day is no day": (lambda d: d.update(date="spring"), "date"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_file_that_is_not_whole_stops_the_start_and_is_named(tmp_path: Path, wrong: str) -> None:
    change, key = WRONG[wrong]
    path = write_test_words(tmp_path)
    data = yaml.load(path.read_text(), Loader=yaml.BaseLoader)
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True))

    with pytest.raises(WordingsWrong) as stop:
        install_wordings(tmp_path)

    assert str(path) in str(stop.value) and key in str(stop.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("fr.yaml", b"questions: [unfinished"),
        ("fr.yaml", "d\u00e9j\u00e0".encode("latin-1")),
        ("fr.yaml", b""),
        ("en.yaml", b"introduction: other words"),
        ("sw.yaml", b"introduction: a language that the site has not"),
        ("fr.yml", b"introduction: a name that would be passed over"),
    ],
)
def test_a_file_that_cannot_be_used_is_never_passed_over(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(WordingsWrong, match=name):
        install_wordings(tmp_path)
