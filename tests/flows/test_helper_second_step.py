"""A helper who signs in with two steps joins a learner. Without script."""

from collections.abc import Callable

import pyotp
import pytest
from flask import Flask

from lms.base.clock import now
from lms.base.database import writing
from lms.people.access.actions import remove_second_step
from lms.people.access.tables import SecondStepRow
from lms.people.assistance.events import AssistanceAgreed
from lms.record.events import SYSTEM
from lms.record.queries import events_about
from tests.builders_assistance import NUMBER, PASSWORD, make_helper
from tests.flows.test_ways_in import turn_on
from tests.visitor import Seen, TestVisitor, said

Enter = Callable[..., TestVisitor]
BOTH = pytest.mark.parametrize("language", ["fr", "en"])


@pytest.fixture
def office(tree: dict[str, str]) -> str:
    """An office in Abidjan."""
    return tree["CI-OP-ABJ-01"]


@pytest.fixture
def koffi(app: Flask, office: str) -> tuple[str, str, list[str]]:
    """(person, secret of his telephone, recovery codes) of a helper there."""
    person = make_helper(office, given_name="Koffi")
    return person, *turn_on(person)


def asked(awa: TestVisitor, language: str = "en") -> Seen:
    """The page after the helper's right password."""
    page = awa.send(awa.get(f"/{language}/assistance/"), "/agree")
    assert not page.soup.find(id="code"), "nobody is asked for a code they do not have"
    return awa.send(page, "/helper", login=NUMBER, password=PASSWORD)


def agreed(awa: TestVisitor) -> bool:
    return bool(events_about(learner=awa.person, kinds={AssistanceAgreed.kind}))


@BOTH
def test_the_password_alone_does_not_join_and_the_code_does(
    sign_in: Enter, koffi: tuple[str, str, list[str]], language: str
) -> None:
    awa = sign_in(given_name="Awa")
    page = asked(awa, language)
    assert page.soup.find(id="code")
    assert not agreed(awa)

    code = pyotp.TOTP(koffi[1]).now()
    page = awa.send(page, "/helper", password=PASSWORD, code=code)

    assert page.response.request.path == f"/{language}/my-learning"
    assert said(language, "A helper is with you now. Say with each answer how it was given.") in (
        page.main
    )
    assert agreed(awa)
    assert "Awa" in page.text, "the learner stays the person signed in"


def test_a_recovery_code_joins_once(sign_in: Enter, koffi: tuple[str, str, list[str]]) -> None:
    awa, binta = sign_in(), sign_in()
    awa.send(asked(awa), "/helper", password=PASSWORD, code=koffi[2][0].lower())
    assert agreed(awa)

    page = binta.send(asked(binta), "/helper", password=PASSWORD, code=koffi[2][0], status=400)

    assert "not the code that your telephone shows" in page.main
    assert not agreed(binta)


def test_a_wrong_code_is_said_at_its_field_and_can_be_typed_again(
    sign_in: Enter, koffi: tuple[str, str, list[str]]
) -> None:
    awa = sign_in()
    page = awa.send(asked(awa), "/helper", password=PASSWORD, code="000000", status=400)

    assert page.title.startswith("Error:")
    summary = page.soup.select_one("main [role=alert] a, main .error-summary a")
    assert summary and summary["href"] == "#code"
    assert page.soup.select_one("#login[value]")["value"] == NUMBER  # type: ignore[index]
    page = awa.send(page, "/helper", password=PASSWORD, code=pyotp.TOTP(koffi[1]).now())
    assert agreed(awa)


def test_a_wrong_password_beside_a_right_code_uses_nothing_up(
    sign_in: Enter, koffi: tuple[str, str, list[str]]
) -> None:
    awa, code = sign_in(), pyotp.TOTP(koffi[1]).now()
    page = awa.send(asked(awa), "/helper", password="not my password", code=code, status=400)
    assert page.soup.find(id="code"), "what was asked for stays there"
    assert not agreed(awa)

    awa.send(page, "/helper", password=PASSWORD, code=code)
    assert agreed(awa)


def test_guessing_a_helper_s_code_is_slowed_down(
    sign_in: Enter, koffi: tuple[str, str, list[str]]
) -> None:
    awa = sign_in()
    page = asked(awa)
    statuses = [
        awa.send(page, "/helper", password=PASSWORD, code=f"{n:06}", status=None).status
        for n in range(7)
    ]

    assert statuses[:5] == [400] * 5 and 429 in statuses
    assert not agreed(awa)


@BOTH
def test_where_the_server_s_key_was_replaced_the_helper_is_told_what_to_do(
    sign_in: Enter, koffi: tuple[str, str, list[str]], language: str
) -> None:
    awa = sign_in()
    with writing() as session:
        row = session.get(SecondStepRow, koffi[0])
        assert row
        row.secret = row.secret[:-8] + "AAAAAAA="
    code = pyotp.TOTP(koffi[1]).now()
    page = awa.send(asked(awa, language), "/helper", password=PASSWORD, code=code, status=400)

    sentence = (
        "This server can no longer check codes of your second step: its secret key was replaced. "
        "Ask somebody whose position stands above yours to remove your second step. Then sign in "
        "with your password and set it up again."
    )
    assert " ".join(said(language, sentence).split()) in page.main
    with writing():
        remove_second_step(person=koffi[0], by=SYSTEM, at=now(), event_id="1")
    awa.send(page, "/helper", password=PASSWORD, code="")
    assert agreed(awa)
