"""The helper registers, prints, resets and sees who was here; and nobody of another office."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from lms.people import queries as people
from lms.people.audit.events import AuditNoted
from lms.people.cards.events import CardIssued
from lms.people.cards.queries import card_state_of
from lms.people.consents.queries import consents_of
from lms.people.devices.queries import devices_in
from lms.record.queries import count_in_quarantine, count_of_events, events_about
from tests.builders import keep, make_event, make_person
from tests.builders_certificates import make_issued
from tests.builders_kiosk import PIN, at_kiosk, begin, make_device, make_holder
from tests.visitor import Seen, TestVisitor, fields_of
from tests.visitor import said as exactly

SignIn = Callable[..., TestVisitor]
COUNTER = "/en/counter/"


def said(language: str, text: str, **values: object) -> str:
    """What the site says, with plain spaces, as a page's words are compared."""
    return " ".join(exactly(language, text, **values).split())


@pytest.fixture
def fanta(sign_in: SignIn) -> TestVisitor:
    """The helper of an office in Abidjan."""
    return sign_in("helper", at="CI-OP-ABJ-01", given_name="Fanta", family_name="Bamba")


def register(
    browser: TestVisitor, language: str = "en", *, status: int = 200, **typed: Any
) -> Seen:
    page = browser.get(f"/{language}/counter/register")
    given = {"given_name": " Awa ", "family_name": "Koné", "agreed": "y", **typed}
    return browser.send(page, "register", status=status, **given)


def person_of(page: Seen) -> str:
    return str(page.response.request.path).rsplit("/", 1)[-1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_fanta_registers_awa_in_one_form(
    fanta: TestVisitor, tree: dict[str, str], language: str
) -> None:
    page = register(fanta, language, birth_year="1987")

    awa = people.current_person(person_of(page))
    assert (awa.name, awa.office, awa.employment, awa.sex, awa.birth_year) == (
        "Awa Koné",
        tree["CI-OP-ABJ-01"],
        "citizen",
        "",
        1987,
    )
    assert said(language, "%(name)s is registered", name="Awa Koné") in page.main
    [(_at, consent)] = consents_of(awa.id)
    assert (consent.text, consent.version, consent.language) == ("citizen", 1, language)
    today = fanta.get(f"/{language}/counter/")
    assert "Awa Koné" in today.main and awa.number in today.main


@pytest.mark.parametrize("audience", ["citizen", "business-owner", "employee"])
def test_each_audience_hears_its_own_text(fanta: TestVisitor, audience: str) -> None:
    page = fanta.get(f"{COUNTER}register?audience={audience}")
    made = fanta.send(page, "register", given_name="A", family_name="B", agreed="y")

    awa = people.current_person(person_of(made))
    assert awa.employment == audience
    assert consents_of(awa.id)[0][1].text == audience
    fanta.get(f"{COUNTER}register?audience=nobody")


def test_nobody_is_registered_without_agreeing(fanta: TestVisitor) -> None:
    before = count_of_events()
    page = register(fanta, agreed=None, given_name="", birth_year="87", status=400)

    assert count_of_events() == before
    assert page.title.startswith("Error: ")
    assert page.soup.select("#family_name")[0]["value"] == "Koné"
    for words in ("register only who agrees", "Type the given name", "year of birth with four"):
        assert page.main.count(words) == 2


def test_the_form_sent_twice_is_one_person(fanta: TestVisitor) -> None:
    form = fanta.get(f"{COUNTER}register")
    typed: dict[str, Any] = {"given_name": "Awa", "family_name": "Koné", "agreed": "y"}
    first = fanta.send(form, "register", **typed)
    before = count_of_events()

    second = fanta.send(form, "register", **typed)

    assert person_of(first) == person_of(second)
    assert (count_of_events(), count_in_quarantine()) == (before, 0)


def test_two_people_with_the_same_name_and_year_are_two_once_the_helper_says_so(
    fanta: TestVisitor,
) -> None:
    first = register(fanta, birth_year="1987")

    asked = register(fanta, birth_year="1987", family_name="kone", status=400)
    assert "Already registered?" in asked.main
    assert asked.link("Awa Koné").endswith(person_of(first))
    second = fanta.send(asked, "register", another="y", agreed="y")

    assert person_of(second) != person_of(first)
    assert "Already registered?" not in register(fanta, birth_year="1950", status=200).main


def test_only_offices_of_hers_can_be_chosen(fanta: TestVisitor, tree: dict[str, str]) -> None:
    register(fanta, office=tree["CI-OP-ABJ-02"], status=400)
    fanta.get(f"{COUNTER}?office={tree['KE-OP-NBO-01']}", status=404)


def test_a_card_is_printed_and_noted(fanta: TestVisitor) -> None:
    page = register(fanta)
    awa = people.current_person(person_of(page))

    plain = fanta.send(page, "/card")
    named = fanta.send(fanta.get(f"{COUNTER}people/{awa.id}"), "/card", named="y")

    assert plain.response.mimetype == "application/pdf"
    words = [text_of(each) for each in (plain, named)]
    assert all(f"{awa.number[:4]} {awa.number[4:]}" in text for text in words)
    assert ["Awa" in text for text in words] == [False, True]
    issued = [s.event for s in events_about(learner=awa.id) if isinstance(s.event, CardIssued)]
    assert [event.named for event in issued] == [False, True]
    assert card_state_of(awa.id).card == "issued"


def text_of(seen: Seen) -> str:
    reader = PdfReader(io.BytesIO(seen.response.get_data()))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_ten_cards_stand_on_a_sheet(fanta: TestVisitor) -> None:
    for number in range(12):
        register(fanta, given_name=f"Awa{number}")
    page = fanta.get(COUNTER)
    ids = [str(box["value"]) for box in page.soup.select("input[name=person]")]

    sheet = fanta.send(page, "cards", person=ids)
    nothing = fanta.send(page, "cards", person=None)

    assert len(ids) == 12
    assert len(PdfReader(io.BytesIO(sheet.response.get_data())).pages) == 2
    assert "Tick the people" in nothing.main


def test_awa_chooses_her_pin_with_the_code_that_fanta_gives(
    app: Flask, fanta: TestVisitor, tree: dict[str, str]
) -> None:
    page = register(fanta)
    told = fanta.send(page, "/pin")
    shown = told.soup.select_one(".big-code")
    assert shown is not None
    kiosk = at_kiosk(app, tree["CI-OP-ABJ-01"])
    choosing = kiosk.send(kiosk.get("/en/kiosk/new"), code=shown.get_text())
    for _twice in range(2):
        choosing = kiosk.send(choosing, "new/pin", pin=PIN)

    assert "Awa" in choosing.main
    today = fanta.get(COUNTER)
    assert "1 person registered" in today.main and "PIN chosen" in today.main


def test_a_reset_needs_a_look_at_the_person_and_is_noted(
    app: Flask, fanta: TestVisitor, tree: dict[str, str]
) -> None:
    device = make_device(tree["CI-OP-ABJ-01"])
    awa, number = make_holder(tree["CI-OP-ABJ-01"], device, given_name="Awa")
    kiosk = at_kiosk(app, tree["CI-OP-ABJ-01"])
    begin(kiosk, number)
    page = fanta.get(f"{COUNTER}people/{awa}")

    refused = fanta.send(page, "/pin", status=400)
    assert "Check first who it is" in refused.main
    assert card_state_of(awa).pin == "chosen"
    fanta.send(page, "/pin", checked="y")

    assert card_state_of(awa).pin == "none"
    notes = [s for s in events_about(learner=awa) if isinstance(s.event, AuditNoted)]
    assert ("pin.reset", fanta.person) in [
        (s.event.action, s.actor) for s in notes if isinstance(s.event, AuditNoted)
    ]
    assert "kiosk" in str(kiosk.get("/en/my-learning").response.request.path)
    kiosk.send(kiosk.get("/en/kiosk/card"), number=number)
    kiosk.send(kiosk.get("/en/kiosk/pin"), pin=PIN, status=400)


def test_a_lost_card_opens_nothing_until_a_new_one_is_printed(
    app: Flask, fanta: TestVisitor, tree: dict[str, str]
) -> None:
    device = make_device(tree["CI-OP-ABJ-01"])
    awa, number = make_holder(tree["CI-OP-ABJ-01"], device)
    page = fanta.get(f"{COUNTER}people/{awa}")
    fanta.send(page, "/card")
    page = fanta.send(fanta.get(f"{COUNTER}people/{awa}"), "withdraw")

    kiosk = at_kiosk(app, tree["CI-OP-ABJ-01"])
    kiosk.send(kiosk.get("/en/kiosk/card"), number=number)
    kiosk.send(kiosk.get("/en/kiosk/pin"), pin=PIN, status=400)
    assert (card_state_of(awa).card, card_state_of(awa).pin) == ("withdrawn", "none")
    fanta.send(page, "/card")
    assert card_state_of(awa).card == "issued"


def test_a_person_of_another_office_is_not_opened_by_url(
    fanta: TestVisitor, tree: dict[str, str]
) -> None:
    other = make_person(office=tree["CI-OP-ABJ-02"], given_name="Secret", family_name="Voisin")
    own = make_person(office=tree["CI-OP-ABJ-01"])
    form = fields_of(fanta.get(f"{COUNTER}people/{own}").form("/pin"))

    page = fanta.get(f"{COUNTER}people/{other}", status=404)
    assert "There is no such person here" in page.main
    for path in ("pin", "card", "card/withdraw"):
        fanta.post(f"{COUNTER}people/{other}/{path}", form, status=404)
    found = fanta.get(f"{COUNTER}?search=voisin")
    assert "Nobody in your offices" in found.main


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_certificate_is_printed_at_the_counter_and_never_opened_at_the_kiosk(
    app: Flask, fanta: TestVisitor, sign_in: SignIn, tree: dict[str, str], language: str
) -> None:
    office = tree["CI-OP-ABJ-01"]
    awa, number = make_holder(office, make_device(office, label="Other"), given_name="Awa")
    issued = make_issued(awa)
    keep(make_event(issued))
    serial = issued.certificate
    kiosk = begin(at_kiosk(app, office, language), number, language=language)

    mine = kiosk.get(f"/{language}/my-certificates")
    refused = kiosk.get(f"/{language}/my-certificates/{serial}.pdf?in=en")
    counter = fanta.get(f"/{language}/counter/people/{awa}")
    url = f"/{language}/counter/people/{awa}/certificates/{serial}.pdf"
    sheet = fanta.get(f"{url}?in={language}")
    kofi = sign_in("helper", at="CI-OP-ABJ-02", given_name="Kofi", family_name="Bamba")
    kofi.get(url, status=404)
    other = make_person(office=office)
    fanta.get(f"/{language}/counter/people/{other}/certificates/{serial}.pdf", status=404)

    prints = "The helper at the counter prints your certificate for you."
    assert said(language, prints) in mine.main
    for page in (mine, refused):
        assert not page.soup.select("main a[href*='.pdf']")
    assert len(counter.soup.select(f"main a[href*='{serial}.pdf']")) == 3
    assert "Awa" in text_of(sheet)


def test_who_came_from_another_office_is_counted_without_a_name(
    app: Flask, fanta: TestVisitor, tree: dict[str, str]
) -> None:
    device = make_device(tree["CI-OP-ABJ-02"])
    _person, number = make_holder(tree["CI-OP-ABJ-02"], device, given_name="Secret")
    begin(at_kiosk(app, tree["CI-OP-ABJ-01"]), number)

    page = fanta.get(COUNTER)

    assert "Secret" not in page.html
    assert "Somebody of another office" in page.main and "1 person signed in" in page.main


@pytest.mark.parametrize("typed", ["{n}", "{lower}", "kone", "AWA", "  awa   KONE "])
def test_people_are_found_by_number_and_by_name(fanta: TestVisitor, typed: str) -> None:
    awa = people.current_person(person_of(register(fanta)))

    page = fanta.get(f"{COUNTER}?search={typed.format(n=awa.number, lower=awa.number.lower())}")

    assert page.link("Awa Koné").endswith(awa.id)


@pytest.mark.parametrize("position", ["manager", "training-manager", "coordinator", "engineer"])
def test_who_answers_for_machines_makes_a_code(
    app: Flask, sign_in: SignIn, tree: dict[str, str], position: str
) -> None:
    chief = sign_in(position, at="CI-OP")
    page = chief.get("/en/counter/devices/")
    told = chief.send(page, "devices", office=tree["CI-OP-ABJ-02"])
    shown = told.soup.select_one(".big-code")
    assert shown is not None and len(shown.get_text().replace(" ", "")) == 24
    machine = TestVisitor(app)
    machine.send(machine.get("/en/kiosk/enrol"), code=shown.get_text(), label="Kiosk 9")

    listed = chief.get("/en/counter/devices/")
    assert "Kiosk 9" in listed.main
    [device] = devices_in(("",))
    gone = chief.send(listed, "withdraw")
    assert "is no kiosk any more" in gone.main
    assert device.organisation == tree["CI-OP-ABJ-02"]
    assert "enrol" in str(machine.get("/en/kiosk/").response.request.path)
    assert chief.send(page, "devices", office=tree["KE-OP-NBO-01"], status=400)


def test_a_kiosk_of_another_country_is_not_withdrawn(sign_in: SignIn, tree: dict[str, str]) -> None:
    device = make_device(tree["KE-OP-NBO-01"], label="Secret")
    chief = sign_in("manager", at="CI-OP")
    make_device(tree["CI-OP-ABJ-01"])
    page = chief.get("/en/counter/devices/")
    form = fields_of(page.form("withdraw"))

    chief.post(f"/en/counter/devices/{device.id}/withdraw", form, status=400)

    assert "Secret" not in page.html
    assert devices_in(("",))[0].withdrawn_at == ""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_opens_in_each_language(
    fanta: TestVisitor, sign_in: SignIn, language: str
) -> None:
    page = register(fanta, language)
    fanta.get(f"/{language}/counter/people/{person_of(page)}")
    fanta.send(page, "/pin")
    chief = sign_in("manager")
    chief.send(chief.get(f"/{language}/counter/devices/"), "devices")
    assert said(
        language,
        "This server keeps everything itself and sends to no other: no result waits to be handed "
        "on.",
    ) in (fanta.get(f"/{language}/counter/").main)


def test_a_trainer_and_a_learner_do_not_serve(sign_in: SignIn) -> None:
    for role in ("trainer", "learner", "secretariat"):
        browser = sign_in(role)
        browser.get(COUNTER, status=403)
        browser.get("/en/counter/devices/", status=403)
    sign_in("helper", at="CI-OP-ABJ-01").get("/en/counter/devices/", status=403)
