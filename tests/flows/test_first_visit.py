"""The first visit: the language, signing in and out, and what is refused."""

from collections.abc import Callable

import pytest

from lms.base.clock import now
from lms.base.database import writing
from lms.people.actions import hash_password, set_password_hash
from tests.builders import make_person
from tests.visitor import TestVisitor, said

Enter = Callable[..., TestVisitor]
PASSWORD = "quatre mots faciles ici"


@pytest.fixture
def ama(tree: dict[str, str]) -> str:
    """Somebody with a password; staff number A-12."""
    person = make_person(
        office=tree["CI-OP-ABJ-01"], staff_number="A-12", email="ama@poste.example"
    )
    with writing():
        set_password_hash(person=person, password_hash=hash_password(PASSWORD), at=now())
    return person


@pytest.mark.parametrize(
    ("wish", "language"), [("en-GB,en", "en"), ("fr-CI", "fr"), ("sw", "fr"), ("", "fr")]
)
def test_the_first_page_is_in_the_browsers_language_or_in_french(
    client: TestVisitor, wish: str, language: str
) -> None:
    page = client.get("/", headers={"Accept-Language": wish})
    assert page.response.request.path == f"/{language}/"


def test_the_language_once_read_is_remembered(client: TestVisitor) -> None:
    client.get("/en/")
    page = client.get("/", headers={"Accept-Language": "fr"})
    assert page.response.request.path == "/en/"


def test_the_language_switch_leads_to_the_same_place(client: TestVisitor, course: str) -> None:
    page = client.get(f"/fr/courses/{course}?x=1")
    page = client.get(page.link("English"))
    assert page.response.request.path == f"/en/courses/{course}"


@pytest.mark.parametrize(
    "login", ["A-12", "a-12", " A - 12 ", "ama@poste.example", "AMA@poste.example"]
)
def test_somebody_signs_in_by_staff_number_or_email_however_it_is_typed(
    client: TestVisitor, ama: str, login: str
) -> None:
    page = client.send(client.get("/en/sign-in"), login=login, password=PASSWORD)
    assert page.response.request.path == "/en/my-learning"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_wrong_password_and_an_unknown_number_get_the_same_answer(
    client: TestVisitor, ama: str, language: str
) -> None:
    wrong = client.send(
        client.get(f"/{language}/sign-in"), login="A-12", password="wrong words", status=400
    )
    unknown = client.send(
        client.get(f"/{language}/sign-in"), login="Z-99", password="wrong words", status=400
    )
    text = (
        "We do not recognise this number or e-mail with this password. Check both, then try again."
    )
    assert said(language, text) in wrong.main
    assert said(language, text) in unknown.main
    assert wrong.title.startswith(said(language, "Error:"))
    assert wrong.form()("input", {"name": "login"})[0]["value"] == "A-12"
    assert not wrong.form()("input", {"name": "password"})[0].get("value")


def test_six_wrong_tries_make_the_seventh_wait_even_with_the_right_password(
    client: TestVisitor, ama: str
) -> None:
    for _ in range(6):
        client.send(client.get("/en/sign-in"), login="A-12", password="wrong", status=None)
    page = client.send(client.get("/en/sign-in"), login="A-12", password=PASSWORD, status=429)
    assert "Wait" in page.main


def test_after_signing_out_the_old_session_opens_nothing(client: TestVisitor, ama: str) -> None:
    page = client.send(client.get("/en/sign-in"), login="A-12", password=PASSWORD)
    cookie = client.http.get_cookie("relais")
    assert cookie is not None
    out = page.soup.select_one("form[action$='/sign-out']")
    assert out is not None
    token = out.select_one("input[name=csrf_token]")
    assert token is not None
    client.post("/en/sign-out", {"csrf_token": token["value"]})
    client.http.set_cookie("relais", cookie.value)
    page = client.get("/en/my-learning")
    assert page.response.request.path == "/en/sign-in"


def test_a_new_password_ends_the_other_sessions(app: object, client: TestVisitor, ama: str) -> None:
    other = TestVisitor(client.app)
    for browser in (client, other):
        browser.send(browser.get("/en/sign-in"), login="A-12", password=PASSWORD)
    page = client.get("/en/account/")
    short = client.send(
        page, "Change my password", password=PASSWORD, new_password="short", status=400
    )
    assert "at least 12 characters" in short.main
    client.send(
        short, "Change my password", password=PASSWORD, new_password="cinq autres mots faciles"
    )
    assert client.get("/en/my-learning").response.request.path == "/en/my-learning"
    assert other.get("/en/my-learning").response.request.path == "/en/sign-in"


def test_personal_pages_are_kept_by_no_cache(sign_in: Enter) -> None:
    browser = sign_in()
    for url in ("/en/my-learning", "/en/my-record", "/en/my-certificates", "/en/account/"):
        assert browser.get(url).response.headers["Cache-Control"] == "no-store"


def test_an_unknown_address_offers_the_catalogue(client: TestVisitor) -> None:
    page = client.get("/fr/nulle-part", status=404)
    assert page.soup.select_one("main form[role=search]")
