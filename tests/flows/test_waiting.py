"""What a helper sees of what still waits at their office. Without script."""

from collections.abc import Callable

import pytest

from lms.base.clock import now
from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.people.access.actions import choose_password, make_mail_code, make_sheet_code
from lms.people.access.queries import code_typed
from lms.people.access.sending import send_mail
from lms.people.access.undelivered import WHY_REFUSED
from lms.people.actions import hash_password
from tests.builders import make_person
from tests.builders_kiosk import at_kiosk, begin, make_device, make_holder
from tests.builders_mail import postbox
from tests.rooms.test_ways_in import CHIEF, to
from tests.visitor import Seen, TestVisitor, said

SignIn = Callable[..., TestVisitor]
BOTH = pytest.mark.parametrize("language", ["fr", "en"])
KEPT_HERE = (
    "This server keeps everything itself and sends to no other: no result waits to be handed on."
)


@pytest.fixture
def koffi(sign_in: SignIn) -> TestVisitor:
    """Helps at an office in Abidjan."""
    return sign_in("helper", at="CI-OP-ABJ-01")


def sheet(person: str) -> str:
    with writing():
        code = make_sheet_code(person=person, by=CHIEF, at=now(), event_id=new_id())
    db.session.rollback()
    return code


def mail(person: str) -> None:
    with writing():
        make_mail_code(
            person=person,
            purpose="invitation",
            language="en",
            by=CHIEF,
            at=now(),
            event_id=new_id(),
        )
    db.session.rollback()


def waiting(browser: TestVisitor, language: str = "en") -> str:
    """What stands under the heading."""
    page: Seen = browser.get(f"/{language}/counter/")
    return page.main.split(said(language, "What waits"))[1]


@BOTH
def test_where_nothing_waits_it_says_so_and_that_all_is_kept_here(
    koffi: TestVisitor, language: str
) -> None:
    words = waiting(koffi, language)

    assert said(language, "No message, sheet or card waits.") in words
    assert " ".join(said(language, KEPT_HERE).split()) in words


@BOTH
def test_a_refused_message_stands_there_with_what_to_do_and_nobody_elses(
    koffi: TestVisitor, tree: dict[str, str], language: str
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"], given_name="Awa", email="secret@gmial.example")
    far = make_person(office=tree["CI-OP-ABJ-02"], given_name="Fatou", email="fatou@gmial.example")
    with postbox() as box:
        box.says[b"RCPT"] = "550 5.1.1 unknown"
        mail(awa)
        mail(far)
        send_mail(to(box.port), at=now())
        db.session.rollback()

    words = waiting(koffi, language)

    assert "Awa" in words and "Fatou" not in words
    assert said(language, WHY_REFUSED["unknown"].text) in words
    assert "secret" not in words


def test_a_message_that_waits_says_when_it_is_tried_next(
    koffi: TestVisitor, tree: dict[str, str]
) -> None:
    mail(make_person(office=tree["CI-OP-ABJ-01"], given_name="Awa", email="awa@post.example"))

    assert "waits: this server sends no e-mail now" in waiting(koffi)


def test_a_sheet_waits_until_its_code_is_used(koffi: TestVisitor, tree: dict[str, str]) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"], given_name="Awa")
    code = sheet(awa)
    assert "Sheets whose code was not used" in waiting(koffi)
    assert "Awa" in waiting(koffi)

    hashed = hash_password("harbour-lamp-seven-goats")
    with writing():
        choose_password(code=code_typed(code, now()).id, password_hash=hashed, at=now())
    db.session.rollback()

    assert "Awa" not in waiting(koffi)


def test_who_was_registered_today_waits_for_a_card_until_it_is_printed(
    koffi: TestVisitor,
) -> None:
    form = koffi.get("/en/counter/register")
    page = koffi.send(form, "register", given_name="Binta", family_name="Diallo", agreed="y")
    assert "Registered today, no card printed yet Binta Diallo" in waiting(koffi)

    koffi.send(page, "/card")

    assert "Binta" not in waiting(koffi)


def test_the_results_of_who_was_here_today_are_counted(
    koffi: TestVisitor, tree: dict[str, str], course: str
) -> None:
    office = tree["CI-OP-ABJ-01"]
    _awa, number = make_holder(office, make_device(office, label="Other"), given_name="Awa")
    assert "are saved on this server" not in waiting(koffi)
    kiosk = begin(at_kiosk(koffi.app, office), number)

    page = kiosk.send(kiosk.get(f"/en/courses/{course}"), "/start")
    kiosk.send(page, "/courses/")

    assert "saved on this server." in waiting(koffi)
