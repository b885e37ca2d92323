"""The short set: what follows from answers, and words that nobody here may change."""

import hashlib
from typing import Any

from lms.people.functioning.rules import ANSWERS, DOMAINS, WORDINGS, disability

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


def test_each_official_wording_is_whole() -> None:
    for wording in WORDINGS.values():
        assert tuple(wording.questions) == DOMAINS
        assert tuple(wording.answers) == tuple(each for each in ANSWERS if each != "refused")


def test_nobody_changed_the_official_english_words() -> None:
    wording = WORDINGS["en"]
    words = [wording.introduction, *wording.questions.values(), *wording.answers.values()]
    digest = hashlib.sha256("\n".join(words).encode()).hexdigest()
    assert digest[:16] == "02e6ae76ff550973"
