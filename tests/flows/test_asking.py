"""A manager asks people to learn, by name, by list, by unit and by rule, and sees who is late."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from lms.base.clock import now
from lms.base.database import db
from lms.cli import reminders
from lms.learning.paths.queries import asked_of_learner, paths_in_force
from lms.people.queries import find_person
from lms.record.queries import count_in_quarantine, count_of_events
from tests.builders import make_person
from tests.builders_paths import ask, make_path
from tests.visitor import TestVisitor

SignIn = Callable[..., TestVisitor]
Tree = dict[str, str]
LEARNING = "/en/manager/learning"
YESTERDAY = now() - timedelta(days=1)
LONG_AGO = now() - timedelta(days=40)


@pytest.fixture
def efua(sign_in: SignIn) -> TestVisitor:
    """The manager of an operator in Côte d’Ivoire."""
    return sign_in("manager", given_name="Efua", family_name="Owusu")


@pytest.fixture
def awa(tree: Tree) -> str:
    """Somebody of Efua's first office."""
    return make_person(
        office=tree["CI-OP-ABJ-01"], given_name="Awa", family_name="Koné", staff_number="CI 77"
    )


@pytest.fixture
def otieno(tree: Tree) -> str:
    """Somebody of another country."""
    return make_person(office=tree["KE-OP-NBO-01"], family_name="Were", staff_number="K-9")


def asked(person: str) -> list[str]:
    db.session.rollback()
    return [line.course for line in asked_of_learner(person)]


def place_of(course: str, place: str) -> dict[str, Any]:
    """The field that puts a course into a path."""
    return {f"course__{course}".replace("-", "__"): place}


def make_late(person: str, course: str) -> None:
    """The course was to be finished a month ago."""
    ask(person, course=course, due=LONG_AGO.date(), at=LONG_AGO)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_efua_makes_a_path_and_asks_her_offices_to_follow_it(
    efua: TestVisitor, awa: str, course: str, language: str
) -> None:
    learning = f"/{language}/manager/learning"
    page = efua.send(
        efua.get(f"{learning}/paths/new"),
        "paths/new",
        title_fr="Premiers pas",
        title_en="First steps",
        **place_of(course, "1"),
    )
    assert ("First steps" if language == "en" else "Premiers pas") in page.main

    (path,) = paths_in_force()
    form = efua.get(f"{learning}/enrol?what=path:{path}")
    done = efua.send(form, "enrol", whom="unit", due=now().date().isoformat())

    assert asked(awa) == [course]
    assert "CI-OP-ABJ-01" in done.main and "<progress" in done.html
    assert efua.get(f"{learning}/paths/{path}").main.count("CI-OP-ABJ-01") >= 1


def test_a_list_says_line_by_line_what_was_not_understood(
    efua: TestVisitor, awa: str, otieno: str, course: str
) -> None:
    page = efua.send(
        efua.get(f"{LEARNING}/enrol"),
        "enrol",
        status=400,
        what=f"course:{course}",
        numbers="ci77\n\n CI 77 \nK-9\nwhat?",
    )

    assert "2 lines were not understood" in page.main
    assert "K-9 Nobody of your offices has this number." in page.main
    assert "1 person is asked to learn it." in page.main
    assert page.soup.select("textarea")[0].get_text().split() == ["K-9", "what?"]
    assert asked(awa) == [course] and asked(otieno) == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"numbers": ""}, "Type at least one number"),
        ({"what": "course:none"}, "Choose from the list"),
        ({"what": "path:none"}, "Choose from the list"),
        ({"whom": "all"}, "Choose who is asked"),
        ({"due": "2001-01-01"}, "Give today or a later day"),
        ({"due": "soon"}, "Correct the day"),
        ({"whom": "unit", "unit": "elsewhere"}, "Choose from the list"),
        ({"numbers": "\n".join(map(str, range(1001)))}, "at most 1000 numbers"),
    ],
)
def test_what_cannot_be_asked_is_said_and_nothing_is_written(
    efua: TestVisitor, awa: str, course: str, changes: dict[str, Any], says: str
) -> None:
    before = count_of_events()
    given: dict[str, Any] = {"numbers": "ci77", **changes}

    page = efua.send(efua.get(f"{LEARNING}/enrol"), "enrol", status=400, **given)

    assert says in page.main
    assert count_of_events() == before


def test_the_form_sent_twice_asks_once(efua: TestVisitor, awa: str, course: str) -> None:
    form = efua.get(f"{LEARNING}/enrol")
    efua.send(form, "enrol", numbers="ci77")
    before = count_of_events()

    page = efua.send(form, "enrol", numbers="ci77")

    assert "1 was asked already." in page.main
    assert count_of_events() == before and count_in_quarantine() == 0


def test_one_person_is_asked_and_asked_no_more(efua: TestVisitor, awa: str, course: str) -> None:
    day = (now() + timedelta(days=9)).date()
    page = efua.send(
        efua.get(f"/en/manager/people/{awa}/learning"), "Ask", what=f"course:{course}", due=str(day)
    )
    assert "To finish by" in page.main and "2 lessons left" in page.main
    assert "Asked to learn: " in efua.get(f"/en/manager/people/{awa}").main

    efua.send(page, "stop")

    assert asked(awa) == []
    assert "No longer asked to learn" in efua.get(f"/en/manager/people/{awa}").main


def test_a_rule_is_set_met_by_who_comes_later_and_withdrawn(
    efua: TestVisitor, tree: Tree, course: str
) -> None:
    path = make_path(tree["CI"], [course], title="Welcome")
    page = efua.get(f"{LEARNING}/paths/{path}")
    assert "Change titles or courses" not in page.main, "a path from above is not Efua's to change"
    efua.get(f"{LEARNING}/paths/{path}/edit", status=404)

    page = efua.send(page, "rules", organisation=tree["CI-OP"], who="employee", days="90")
    assert "Employee – CI-OP (en) and below, within 90 days" in page.main
    kofi = make_person(office=tree["CI-OP-ABJ-02"], registered_at=now())
    assert asked(kofi) == [course]

    efua.send(page, "Withdraw this rule")
    assert asked(kofi) == []


@pytest.mark.parametrize("days", ["0", "-1", "many", "99999"])
def test_days_that_are_no_number_are_refused(
    efua: TestVisitor, tree: Tree, course: str, days: str
) -> None:
    path = make_path(tree["CI-OP"], [course])

    page = efua.send(efua.get(f"{LEARNING}/paths/{path}"), "rules", status=400, days=days)

    assert "Type a whole number of days" in page.main


def test_a_path_is_changed_and_withdrawn(
    efua: TestVisitor, tree: Tree, awa: str, course: str
) -> None:
    path = make_path(tree["CI-OP"], [course, "gone"])
    ask(awa, path=path)
    empty = efua.send(
        efua.get(f"{LEARNING}/paths/{path}/edit"),
        "edit",
        status=400,
        **place_of(course, ""),
        course__gone="",
    )
    assert "A path needs at least one course" in empty.main

    efua.send(efua.get(f"{LEARNING}/paths/{path}/edit"), "edit", course__gone="", title_en="New")
    assert asked(awa) == [course]

    page = efua.send(efua.get(f"{LEARNING}/paths/{path}"), "withdraw")
    assert "is withdrawn" in page.main and asked(awa) == []
    efua.get(f"{LEARNING}/paths/{path}", status=404)


def test_who_is_late_is_listed_printed_and_downloaded(
    efua: TestVisitor, awa: str, otieno: str, tree: Tree, course: str
) -> None:
    make_late(awa, course)
    make_late(otieno, course)

    page = efua.get(f"{LEARNING}/late")
    sheet = efua.send(page, "late.csv").response.get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(sheet.removeprefix("\ufeff"))))

    assert "40 days late" in page.main and "Koné Awa" in page.main and "Were" not in page.main
    assert [row[0] for row in rows] == ["Name", "Koné Awa"]
    assert "1 person late" in efua.get(LEARNING).main
    efua.get(f"{LEARNING}/late?office={tree['CI-OP-ABJ-01']}")
    efua.get(f"{LEARNING}/late?office={tree['KE-OP-NBO-01']}", status=404)


def test_a_path_of_another_country_is_not_there(
    efua: TestVisitor, tree: Tree, otieno: str, course: str
) -> None:
    path = make_path(tree["KE-OP"], [course], title="Nairobi")

    assert "Nairobi" not in efua.get(LEARNING).main
    efua.get(f"{LEARNING}/paths/{path}", status=404)
    efua.get(f"/en/manager/people/{otieno}/learning", status=404)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_ama_sees_what_she_is_asked_and_follows_her_path(
    sign_in: SignIn, tree: Tree, course: str, language: str
) -> None:
    ama = sign_in("learner")
    path = make_path(tree["CI-OP"], [course, "gone"], title="Newcomers")
    ask(ama.person, path=path, due=LONG_AGO.date(), at=LONG_AGO)

    page = ama.get(f"/{language}/my-learning")
    words = {"en": "Late To finish by", "fr": "En retard À terminer avant le"}
    assert words[language] in " ".join(page.main.split())
    mine = ama.get(page.link("Newcomers"))

    assert len(mine.soup.select(".task")) == 2
    ama.get(f"/{language}/my-learning/paths/none", status=404)


def test_the_command_reminds_once_a_day(
    app: Flask, awa: str, course: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_late(awa, course)
    command = reminders.run.callback
    assert command is not None
    monkeypatch.setattr(reminders, "this_server", lambda: app)
    inside = command.__wrapped__  # type: ignore[attr-defined]
    before = count_of_events()

    for _ in range(2):
        inside()
        db.session.rollback()

    assert count_of_events() == before + 1
    assert find_person(awa) is not None
