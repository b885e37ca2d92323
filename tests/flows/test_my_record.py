"""My record tells all: courses, workshops, trainings followed elsewhere, and who helped."""

from collections.abc import Callable

import pytest

from lms.learning.declared.events import TrainingDeclared
from lms.people.assistance.events import AssistanceGiven
from tests.builders import keep, make_event
from tests.visitor import TestVisitor, said

Enter = Callable[..., TestVisitor]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_was_learned_outside_the_lessons_stands_there_too(
    sign_in: Enter, tree: dict[str, str], language: str
) -> None:
    awa, koffi = sign_in(), sign_in("helper", at="CI-OP-ABJ-01")
    nothing = awa.get(f"/{language}/my-record").main
    assert said(language, "Trainings followed elsewhere") not in nothing

    keep(
        make_event(TrainingDeclared(awa.person, "Accueil du public", "2025-03-01", 120)),
        make_event(AssistanceGiven(awa.person, koffi.person, tree["CI-OP-ABJ-01"], 17)),
    )

    page = awa.get(f"/{language}/my-record").main
    day = {"fr": "1er mars 2025", "en": "1 March 2025"}[language]
    assert "Accueil du public" in page and day in page
    assert {"fr": "pendant 17 minutes", "en": "for 17 minutes"}[language] in page.replace(
        "\u202f", " "
    ).replace("\xa0", " ")
