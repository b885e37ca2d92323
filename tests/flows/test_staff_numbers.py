"""A staff number means one person of an operator, by whatever door somebody comes in."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.base.refusals import Refusal
from lms.cli import lms
from lms.people.actions import register_person
from lms.people.actions.leaving import close_account
from lms.people.queries import people_known_as
from lms.people.rules import StaffNumberTaken
from lms.people.tables import LearnerRow
from lms.record.events import SYSTEM
from tests.builders import SPRING, make_person
from tests.flows.test_manager_desk import register
from tests.flows.test_ways_in import turn_on
from tests.visitor import TestVisitor

NUMBER = "1042"
SAYS = (
    "Somebody of this operator is already registered with the staff number “%(number)s”. Search "
    "for that person first."
)


@pytest.fixture
def awa(tree: dict[str, str]) -> str:
    """Has the number."""
    return make_person(office=tree["CI-OP-ABJ-01"], given_name="Awa", staff_number=NUMBER)


def count() -> int:
    found = db.session.scalar(select(func.count()).select_from(LearnerRow))
    db.session.rollback()
    return found or 0


def on_the_command_line(app: Flask, office: str, number: str = NUMBER) -> tuple[int, str]:
    words = ["people", "register", "Yao", "Kra", "--office", office, "--staff-number", number]
    answer = app.test_cli_runner().invoke(lms, words)
    db.session.rollback()
    return answer.exit_code, answer.output


def test_the_command_line_refuses_it_with_a_sentence(app: Flask, awa: str) -> None:
    before = count()

    code, said_there = on_the_command_line(app, "CI-OP-ABJ-02", " 10 42 ")

    assert code == 1
    assert SAYS % {"number": "10 42"} in " ".join(said_there.split())
    assert count() == before


def test_the_command_line_takes_it_in_another_operator(app: Flask, awa: str) -> None:
    code, said_there = on_the_command_line(app, "KE-OP-NBO-01")

    assert code == 0, said_there
    assert len(people_known_as(NUMBER)) == 2


def test_the_manager_s_form_shows_who_has_it(sign_in: Callable[..., TestVisitor], awa: str) -> None:
    efua, before = sign_in("manager"), count()

    page = register(efua, staff_number=NUMBER, status=400)

    assert "Awa" in page.main
    assert count() == before


def test_of_two_managers_at_the_same_moment_the_second_is_refused(
    tree: dict[str, str], awa: str
) -> None:
    with pytest.raises(StaffNumberTaken), writing():
        register_person(
            given_name="Yao",
            family_name="Kra",
            office=tree["CI-OP-ABJ-02"],
            employment="employee",
            staff_number=NUMBER,
            by=SYSTEM,
            at=SPRING,
        )


def test_who_has_left_keeps_their_number(tree: dict[str, str], awa: str) -> None:
    with writing():
        close_account(person=awa, reason="", by=SYSTEM, at=SPRING, event_id=new_id())

    with pytest.raises(Refusal, match=NUMBER):
        make_person(office=tree["CI-OP-ABJ-02"], staff_number=NUMBER)


def test_the_counter_s_form_asks_for_no_number_and_shows_who_has_the_name(
    sign_in: Callable[..., TestVisitor], tree: dict[str, str]
) -> None:
    make_person(office=tree["CI-OP-ABJ-01"], given_name="Awa", family_name="Koné")
    koffi = sign_in("helper", at="CI-OP-ABJ-01")
    form = koffi.get("/en/counter/register")
    assert not form.soup.find(id="staff_number")
    before = count()

    page = koffi.send(
        form, "register", given_name="Awa", family_name="KONE", agreed="y", status=400
    )

    assert "Koné" in page.main
    assert count() == before


def test_the_same_form_sent_twice_is_one_person(tree: dict[str, str]) -> None:
    given = {"office": tree["CI-OP-ABJ-01"], "staff_number": NUMBER, "event_id": new_id()}

    assert make_person(**given) == make_person(**given)  # type: ignore[arg-type]


def test_the_engineer_opens_the_way_for_who_has_nobody_above(app: Flask, awa: str) -> None:
    turn_on(awa)

    answer = app.test_cli_runner().invoke(lms, ["people", "reset-second-step", NUMBER])
    again = app.test_cli_runner().invoke(lms, ["people", "reset-second-step", "nobody"])

    assert answer.exit_code == 0 and "password alone" in answer.output
    assert again.exit_code == 1 and "0 people are known as nobody" in again.output
