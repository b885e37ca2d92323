"""Positions given and withdrawn on the page, and the audit trail that says so."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lms.base.clock import now
from lms.base.database import db
from lms.people.audit.queries import notes_in
from lms.people.audit.rules import Wanted
from lms.people.rights.queries import held_by
from lms.record.queries import count_of_events
from tests.builders import make_person
from tests.visitor import TestVisitor, said

SignIn = Callable[..., TestVisitor]


@pytest.fixture
def awa(tree: dict[str, str]) -> str:
    """Somebody of a first office in Abidjan."""
    return make_person(office=tree["CI-OP-ABJ-01"], given_name="Awa", family_name="Koné")


def holds(person: str) -> list[str]:
    db.session.rollback()
    return sorted(held.position for held in held_by(person, now().date()))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_training_manager_gives_and_withdraws(
    sign_in: SignIn, tree: dict[str, str], awa: str, language: str
) -> None:
    chief = sign_in("training-manager", at="CI-OP")
    form = chief.get(f"/{language}/rights/{awa}?position=helper")

    done = chief.send(form, f"/rights/{awa}", place=tree["CI-OP-ABJ-01"])

    assert said(language, "Office helper") in done.main
    assert holds(awa) == ["helper"]
    over = chief.send(done, "/withdraw")
    assert said(language, "Withdraw") not in over.main
    assert holds(awa) == []


def test_the_same_form_twice_is_one_gift(sign_in: SignIn, tree: dict[str, str], awa: str) -> None:
    chief = sign_in("training-manager", at="CI-OP")
    form = chief.get(f"/en/rights/{awa}?position=helper")
    chief.send(form, f"/rights/{awa}", place=tree["CI-OP-ABJ-01"])
    before = count_of_events()

    chief.send(form, f"/rights/{awa}", place=tree["CI-OP-ABJ-01"])

    assert count_of_events() == before


def test_bad_input_is_refused_beside_its_field(
    sign_in: SignIn, tree: dict[str, str], awa: str
) -> None:
    chief = sign_in("training-manager", at="CI-OP")
    form = chief.get(f"/en/rights/{awa}?position=manager")
    yesterday = (now() - timedelta(days=1)).date().isoformat()
    wrong: tuple[dict[str, Any], ...] = (
        {"place": tree["KE-OP-NBO-01"]},
        {"place": "nowhere"},
        {"on": ""},
        {"on": "31/02/2026"},
        {"on": yesterday},
        {"on": "2099-01-01"},
    )
    for changes in wrong:
        page = chief.send(form, f"/rights/{awa}", status=400, **changes)
        assert page.title.startswith("Error:")
    assert holds(awa) == []


def test_a_form_for_one_position_gives_no_other(
    sign_in: SignIn, tree: dict[str, str], awa: str
) -> None:
    chief = sign_in("training-manager", at="CI-OP")
    form = chief.get(f"/en/rights/{awa}?position=helper")

    for wanted in ("training-manager", "secretariat", "engineer", "learner", "manager"):
        chief.send(form, f"/rights/{awa}", position=wanted, place=tree["CI-OP-ABJ-01"], status=400)

    assert holds(awa) == []


def test_the_page_offers_only_what_one_may_give(sign_in: SignIn, awa: str) -> None:
    def offered(role: str, at: str) -> set[str]:
        page = sign_in(role, at=at).get(f"/en/rights/{awa}")
        return {link.get_text() for link in page.soup.select("main a[href*='position=']")}

    assert offered("manager", "CI-OP-ABJ-01") == {"Office helper"}
    assert "Country coordinator" in offered("secretariat", "UPAP")


def test_nobody_finds_people_outside_their_subtree(
    sign_in: SignIn, tree: dict[str, str], awa: str
) -> None:
    abroad = make_person(office=tree["KE-OP-NBO-01"], family_name="Mwangi")
    chief = sign_in("training-manager", at="CI-OP")

    chief.get(f"/en/rights/{abroad}", status=404)
    assert "Mwangi" not in chief.get("/en/rights/?search=mwangi").main.replace("“mwangi”", "")
    token = str(chief.get(f"/en/rights/{awa}").form("sheet")("input")[0]["value"])
    for act in ("", "/withdraw", "/sheet", "/invitation", "/second-step"):
        chief.post(f"/en/rights/{abroad}{act}", {"csrf_token": token}, status=404)


def test_oneself_is_shown_and_cannot_be_changed(sign_in: SignIn) -> None:
    chief = sign_in("secretariat", at="UPAP")
    page = chief.get(f"/en/rights/{chief.person}?position=engineer")

    assert "This is you" in page.main
    assert not page.soup.select("main form[method=post]")


def test_the_trail_is_read_filtered_and_taken_out(
    sign_in: SignIn, tree: dict[str, str], awa: str
) -> None:
    chief = sign_in("training-manager", at="CI-OP", given_name="Efua", family_name="Owusu")
    chief.send(
        chief.get(f"/en/rights/{awa}?position=helper"), f"/rights/{awa}", place=tree["CI-OP-ABJ-01"]
    )
    secretary = sign_in("secretariat", at="UPAP")

    for language in ("fr", "en"):
        page = secretary.get(f"/{language}/audit/")
        assert said(language, "A position was given") in page.main
        assert "Awa Koné" in page.main
        assert "Efua Owusu" in page.main
    assert "no entry that fits" in secretary.get("/en/audit/?action=pin.reset").main
    for wrong in ("person=zzz", "by=zzz", "from=tomorrow", "to=2026-13-01"):
        assert secretary.get(f"/en/audit/?{wrong}", status=400).title.startswith("Error:")

    answer = secretary.send(secretary.get("/en/audit/"), "notes.csv")
    rows = list(csv.reader(io.StringIO(answer.response.get_data(as_text=True))))
    assert any("A position was given" in row for row in rows)
    db.session.rollback()
    assert notes_in(None, Wanted(action="export.audit"))[1] == 1


def test_each_reads_their_part_of_the_trail(
    sign_in: SignIn, tree: dict[str, str], awa: str
) -> None:
    chief = sign_in("training-manager", at="CI-OP")
    chief.send(chief.get(f"/en/rights/{awa}"), "/sheet")

    assert "sheet with a first code" in sign_in("coordinator", at="CI").get("/en/audit/").main
    assert "Awa" not in sign_in("coordinator", at="KE").get("/en/audit/").main
    assert "Awa" not in sign_in("engineer", at="UPAP").get("/en/audit/").main
    sign_in("manager", at="CI-OP-ABJ-01").get("/en/audit/", status=403)
    sign_in("trainer").get("/en/audit/", status=403)


def test_every_list_that_leaves_the_site_is_noted(sign_in: SignIn, awa: str) -> None:
    chief, secretary = sign_in("manager"), sign_in("secretariat", at="UPAP")

    chief.send(chief.get("/en/manager/people"), "people.csv")
    secretary.send(secretary.get("/en/secretariat/?period=2026-Q1"), "figures.csv")

    db.session.rollback()
    found = {(note.action, note.actor) for note in notes_in(None, Wanted())[0]}
    assert found == {
        ("export.people", chief.person),
        ("export.figures", secretary.person),
    }


def test_reading_the_address_of_a_download_gives_nothing(sign_in: SignIn) -> None:
    sign_in("manager").get("/en/manager/people.csv", status=405)
    sign_in("secretariat", at="UPAP").get("/en/secretariat/figures.csv", status=405)


ACTS = ("/rights/{}", "/rights/{}?position=helper", "/manager/people/{}", "/rights/?search=secret")


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(data=some.data())
def test_no_page_shows_anybody_of_elsewhere(
    sign_in: SignIn, tree: dict[str, str], data: some.DataObject
) -> None:
    offices = ("CI-OP-ABJ-01", "CI-OP-ABJ-02", "KE-OP-NBO-01")
    office = data.draw(some.sampled_from(offices))
    role, at = data.draw(
        some.sampled_from(
            [
                ("manager", "CI-OP-ABJ-01"),
                ("manager", "CI-OP-ABJ"),
                ("training-manager", "CI-OP"),
                ("training-manager", "KE-OP"),
                ("coordinator", "KE"),
                ("coordinator", "CI"),
                ("helper", "CI-OP-ABJ-01"),
                ("trainer", "UPAP"),
            ]
        )
    )
    somebody = make_person(office=tree[office], family_name="Secret")
    browser = sign_in(role, at=at)
    inside = office.startswith(at) and role not in ("helper", "trainer")
    act = data.draw(some.sampled_from(ACTS)).format(somebody)

    page = browser.get(f"/en{act}", status=None)

    assert (page.status == 200) == (
        inside or ("search" in act and role not in ("helper", "trainer"))
    )
    if not inside:
        assert somebody not in str(page.soup.find("main"))
