"""A trainer plans a workshop, says who comes, calls the roll and reports it, without script."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pypdf
import pytest

from lms.base.clock import now
from lms.people.queries import current_person
from lms.record.queries import count_in_quarantine, count_of_events
from lms.workshops.queries import find_workshop, participants_of, workshops_in
from tests.builders import make_person
from tests.visitor import Seen, TestVisitor, fields_of

SignIn = Callable[..., TestVisitor]
LIST = "/en/trainer/workshops"


@pytest.fixture
def kofi(sign_in: SignIn) -> TestVisitor:
    """A trainer of an operator."""
    return sign_in("trainer", given_name="Kofi", family_name="Mensah")


def yesterday() -> str:
    return (now().date() - timedelta(days=1)).isoformat()


def plan(browser: TestVisitor, *, language: str = "en", status: int = 200, **changes: Any) -> Seen:
    page = browser.get(f"/{language}/trainer/workshops/new")
    given: dict[str, Any] = {
        "title": "Mobile money at the counter",
        "theme": "digital-finance",
        "language": "fr",
        "mode": "room",
        "place": "Abidjan, council room",
        "organiser": organiser_of(page),
        "on": [yesterday(), now().date().isoformat(), "", "", "", ""],
        "from": ["09:00", "9h", "", "", "", ""],
        "to": ["12:30", "12h30", "", "", "", ""],
        **changes,
    }
    return browser.send(page, "workshops/new", status=status, **given)


def organiser_of(page: Seen) -> str:
    options = page.soup.select("#organiser option")
    return next(str(option["value"]) for option in options if option["value"])


def workshop_id(page: Seen) -> str:
    return page.response.request.path.split("/")[4]


def a_workshop(browser: TestVisitor) -> str:
    return workshop_id(plan(browser))


def hours(starts: str, ends: str) -> dict[str, Any]:
    """The times of the first line; `from` is no name for an argument."""
    rest = [""] * 5
    return {"from": [starts, *rest], "to": [ends, *rest]}


def with_people(browser: TestVisitor, workshop: str, *lines: str) -> None:
    page = browser.get(f"{LIST}/{workshop}/people")
    browser.send(
        page, "Add these people", lines="\n".join(lines), sender=sender(page, "CI-OP-ABJ-01")
    )


def sender(page: Seen, code: str) -> str:
    options = page.soup.select("#sender option")
    return next(str(option["value"]) for option in options if code in option.get_text())


def roll_address(workshop: str, number: int = 0) -> str:
    known = find_workshop(workshop)
    assert known is not None
    return f"{LIST}/{workshop}/roll/{known.sittings[number].id}"


def on_roll(page: Seen) -> dict[str, bool]:
    """Name → ticked."""
    boxes = page.soup.select("input[name=present]")
    return {
        str(page.soup.select_one(f"label[for={box['id']}]").contents[0]).strip(): box.has_attr(  # type: ignore[union-attr]
            "checked"
        )
        for box in boxes
    }


def ids_on_roll(page: Seen) -> list[str]:
    return [str(box["value"]) for box in page.soup.select("input[name=present]")]


@pytest.mark.parametrize(("language", "heading"), [("en", "Workshops"), ("fr", "Ateliers")])
def test_kofi_opens_every_page_in_both_languages(
    sign_in: SignIn, language: str, heading: str
) -> None:
    browser = sign_in("trainer")
    workshop = a_workshop(browser)
    with_people(browser, workshop, "Awa Diop, 4471")
    roll = roll_address(workshop).removeprefix("/en")
    base = f"/{language}/trainer/workshops"
    for address in (
        base,
        f"{base}/new",
        f"{base}/{workshop}",
        f"{base}/{workshop}/change",
        f"{base}/{workshop}/people",
        f"/{language}{roll}",
    ):
        assert browser.get(address).soup.html["lang"] == language  # type: ignore[index]
    assert "Mobile money" in browser.get(base).main
    assert browser.get(base).soup.h1.get_text() == heading  # type: ignore[union-attr]


def test_a_planned_workshop_is_in_the_list(kofi: TestVisitor) -> None:
    page = plan(kofi)
    assert "The workshop is planned" in page.main
    line = kofi.get(LIST).main
    assert "Mobile money at the counter" in line
    assert "Under way" in line
    assert "Abidjan, council room" in line


def test_everything_wrong_is_said_at_once_and_what_was_typed_is_kept(kofi: TestVisitor) -> None:
    page = plan(
        kofi,
        status=400,
        title="",
        place="Bouaké",
        theme=None,
        on=["soon", "", "", "", "", ""],
        **hours("09:00", "12:30"),
    )
    summary = page.soup.select_one(".error-summary")
    assert summary is not None
    assert "Give the workshop a title" in summary.get_text()
    assert "Choose the theme" in summary.get_text()
    assert "The day of sitting 1 is not clear" in summary.get_text()
    for link in summary.select("a"):
        assert page.soup.find(id=str(link["href"]).removeprefix("#")), link
    assert page.title.startswith("Error:")
    assert page.soup.select_one("#place")["value"] == "Bouaké"  # type: ignore[index]
    assert page.soup.select_one("#on-1")["value"] == "soon"  # type: ignore[index]
    assert page.soup.select_one("#to-1")["value"] == "12:30"  # type: ignore[index]
    assert workshops_in([""]) == []


def test_an_end_before_the_start_is_refused(kofi: TestVisitor) -> None:
    page = plan(kofi, status=400, to=["08:00", "12:30", "", "", "", ""])
    assert "Sitting 1 ends before it begins" in page.main


def test_the_plan_sent_twice_is_one_workshop(kofi: TestVisitor) -> None:
    page = kofi.get(f"{LIST}/new")
    given: dict[str, Any] = {
        "title": "Twice",
        "theme": "other",
        "language": "en",
        "mode": "online",
        "organiser": organiser_of(page),
        "on": [yesterday()],
        "from": ["9"],
        "to": ["12"],
    }
    for _ in range(2):
        kofi.send(page, "workshops/new", sitting=[""], **given)
    assert len(workshops_in([""])) == 1


def test_a_changed_plan_keeps_its_sittings(kofi: TestVisitor) -> None:
    workshop = a_workshop(kofi)
    before = find_workshop(workshop)
    kofi.send(
        kofi.get(f"{LIST}/{workshop}/change"), "change", title="Savings", place="Yamoussoukro"
    )
    after = find_workshop(workshop)
    assert before is not None and after is not None
    assert after.title == "Savings"
    assert [s.id for s in after.sittings] == [s.id for s in before.sittings]


def test_the_invited_stay_ticked(kofi: TestVisitor, tree: dict[str, str]) -> None:
    workshop = workshop_id(plan(kofi, invited=[tree["KE"], tree["CI-OP-ABJ-02"], "junk"]))
    page = kofi.get(f"{LIST}/{workshop}/change")
    ticked = {str(box["value"]) for box in page.soup.select("input[name=invited][checked]")}
    assert ticked == {tree["KE"], tree["CI-OP-ABJ-02"]}


def test_nobody_may_organise_in_the_name_of_others(kofi: TestVisitor, tree: dict[str, str]) -> None:
    assert "Choose who organises" in plan(kofi, status=400, organiser=tree["KE-OP"]).main


def test_a_trainer_of_another_country_does_not_find_it(sign_in: SignIn, kofi: TestVisitor) -> None:
    workshop = a_workshop(kofi)
    with_people(kofi, workshop, "Awa Diop")
    akinyi = sign_in("trainer", at="KE-OP", office="KE-OP-NBO-01")
    assert "Mobile money" not in akinyi.get(LIST).main
    for address in ("", "/change", "/people"):
        akinyi.get(f"{LIST}/{workshop}{address}", status=404)
    akinyi.get(roll_address(workshop), status=404)
    own = {"csrf_token": fields_of(akinyi.get(f"{LIST}/new").form())["csrf_token"]}
    for address in (
        "/change",
        "/held",
        "/cancel",
        "/people",
        "/people/remove",
        "/list.csv",
        "/list.pdf",
    ):
        akinyi.post(f"{LIST}/{workshop}{address}", own, status=404)
    for address in (roll_address(workshop), roll_address(workshop) + "/all"):
        akinyi.post(address, own, status=404)


def test_a_learner_may_not_approach(sign_in: SignIn) -> None:
    sign_in("learner").get(LIST, status=403)


def test_people_are_found_in_my_offices_and_added(kofi: TestVisitor, tree: dict[str, str]) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-02"], given_name="Awa", family_name="Diop")
    make_person(office=tree["KE-OP-NBO-01"], given_name="Awa", family_name="Otieno")
    workshop = a_workshop(kofi)
    page = kofi.get(f"{LIST}/{workshop}/people?search=awa")
    assert "Awa Diop" in page.main
    assert "Otieno" not in page.main
    done = kofi.send(page, "Add those ticked", people=[awa], role="participant")
    assert "1 person is on the list" in done.main
    (listed,) = participants_of(workshop)
    assert (listed.learner, listed.accredited_by) == (awa, tree["CI-OP-ABJ-02"])
    page = kofi.get(f"{LIST}/{workshop}")
    assert "CI (en)" in page.main


def test_a_person_of_another_country_is_not_added_by_a_forged_form(
    kofi: TestVisitor, tree: dict[str, str]
) -> None:
    stranger = make_person(office=tree["KE-OP-NBO-01"])
    make_person(office=tree["CI-OP-ABJ-01"], given_name="Awa")
    workshop = a_workshop(kofi)
    page = kofi.get(f"{LIST}/{workshop}/people?search=awa")
    kofi.send(page, "Add those ticked", people=[stranger], status=400)
    assert participants_of(workshop) == []


def test_pasted_lines_that_are_not_clear_are_kept(kofi: TestVisitor) -> None:
    workshop = a_workshop(kofi)
    page = kofi.get(f"{LIST}/{workshop}/people")
    wrong = kofi.send(page, "Add these people", lines="Awa Diop\nYao", status=400)
    assert "Line 2: Write the given name and the family name of “Yao”" in wrong.main
    assert "Choose the office or the state that sends the person" in wrong.main
    assert wrong.soup.select_one("#lines").get_text().strip() == "Awa Diop\nYao"  # type: ignore[union-attr]
    assert participants_of(workshop) == []


def test_people_taken_off_the_list_are_gone(kofi: TestVisitor) -> None:
    workshop = a_workshop(kofi)
    with_people(kofi, workshop, "Awa Diop", "Yao Konan")
    first = participants_of(workshop)[0].learner
    page = kofi.get(f"{LIST}/{workshop}/people")
    kofi.send(page, "remove", listed=[first])
    assert [each.name for each in participants_of(workshop)] == ["Yao Konan"]


def test_the_roll_saved_five_times_is_one_roll(kofi: TestVisitor) -> None:
    workshop = a_workshop(kofi)
    with_people(kofi, workshop, "Awa Diop", "Yao Konan")
    page = kofi.get(roll_address(workshop))
    before = count_of_events()
    for _ in range(5):
        saved = kofi.send(page, "Save the roll", present=ids_on_roll(page)[:1])
    assert count_of_events() == before + 1
    assert count_in_quarantine() == 0
    assert "1 person present of 2" in saved.main
    assert on_roll(saved) == {"Diop Awa": True, "Konan Yao": False}


def test_all_are_marked_then_one_is_unticked_without_script(kofi: TestVisitor) -> None:
    workshop = a_workshop(kofi)
    with_people(kofi, workshop, "Awa Diop", "Yao Konan", "Lindiwe Dlamini")
    page = kofi.send(kofi.get(roll_address(workshop)), "/all")
    assert all(on_roll(page).values())
    saved = kofi.send(page, "Save the roll", present=ids_on_roll(page)[1:])
    assert sum(on_roll(saved).values()) == 2
    assert "2 people present of 3" in saved.main


def test_two_phones_each_tick_a_half_of_the_room(kofi: TestVisitor, sign_in: SignIn) -> None:
    workshop = a_workshop(kofi)
    with_people(kofi, workshop, "Awa Diop", "Yao Konan")
    other = sign_in("trainer")
    mine, theirs = kofi.get(roll_address(workshop)), other.get(roll_address(workshop))
    kofi.send(mine, "Save the roll", present=ids_on_roll(mine)[:1])
    saved = other.send(theirs, "Save the roll", present=ids_on_roll(theirs)[1:])
    assert all(on_roll(saved).values())


def test_a_walk_in_is_added_with_the_ticks_of_the_same_form(
    kofi: TestVisitor, tree: dict[str, str]
) -> None:
    workshop = a_workshop(kofi)
    with_people(kofi, workshop, "Awa Diop")
    page = kofi.get(roll_address(workshop))
    given: dict[str, Any] = {
        "present": ids_on_roll(page),
        "line": "Yao Konan, 77",
        "sender": tree["CI-OP-ABJ-02"],
    }
    for _ in range(2):
        saved = kofi.send(page, "Save the roll", **given)
    assert on_roll(saved) == {"Diop Awa": True, "Konan Yao": True}
    yao = participants_of(workshop)[1]
    assert current_person(yao.learner).office == tree["CI-OP-ABJ-02"]
    assert f"with the number {yao.number}" in saved.main


def test_a_walk_in_that_is_not_clear_keeps_ticks_and_line(kofi: TestVisitor) -> None:
    workshop = a_workshop(kofi)
    with_people(kofi, workshop, "Awa Diop")
    page = kofi.get(roll_address(workshop))
    wrong = kofi.send(page, "Save the roll", present=ids_on_roll(page), line="Yao", status=400)
    assert on_roll(wrong) == {"Diop Awa": True}
    assert wrong.soup.select_one("#line")["value"] == "Yao"  # type: ignore[index]
    assert not participants_of(workshop)[0].present_at
    right = kofi.send(
        wrong, "Save the roll", line="Yao Konan", sender=sender(wrong, "CI-OP-ABJ-01")
    )
    assert on_roll(right) == {"Diop Awa": True, "Konan Yao": True}


def test_a_roll_before_the_day_is_refused_in_words(kofi: TestVisitor) -> None:
    later = (now().date() + timedelta(days=9)).isoformat()
    workshop = workshop_id(plan(kofi, on=[later], **hours("09:00", "12:00"), sitting=[""]))
    with_people(kofi, workshop, "Awa Diop")
    page = kofi.send(kofi.get(roll_address(workshop)), "/all", status=400)
    assert "This sitting has not begun" in page.main


def test_a_workshop_is_reported_as_held(kofi: TestVisitor) -> None:
    workshop = a_workshop(kofi)
    with_people(kofi, workshop, "Awa Diop")
    early = kofi.send(kofi.get(f"{LIST}/{workshop}"), "held", status=400)
    assert "Nobody is marked as present yet" in early.main
    kofi.send(kofi.get(roll_address(workshop)), "/all")
    done = kofi.send(kofi.get(f"{LIST}/{workshop}"), "held")
    assert "reported as held" in done.main
    assert "not counted in the figures" in done.main
    known = find_workshop(workshop)
    assert known is not None
    assert known.held_on == date.fromisoformat(yesterday())


def test_a_workshop_is_cancelled_with_a_reason(kofi: TestVisitor) -> None:
    workshop = a_workshop(kofi)
    page = kofi.send(kofi.get(f"{LIST}/{workshop}"), "cancel", status=400)
    assert "Say in a few words why" in page.main
    done = kofi.send(page, "cancel", reason="The hall is flooded")
    assert "The hall is flooded" in done.main
    kofi.get(roll_address(workshop))
    assert "Call the roll" not in done.main


def test_the_list_on_paper_and_for_a_spreadsheet(kofi: TestVisitor) -> None:
    workshop = a_workshop(kofi)
    with_people(kofi, workshop, "Awa Diop")
    page = kofi.get(f"{LIST}/{workshop}")
    table = kofi.send(page, "list.csv").response
    assert table.mimetype == "text/csv"
    assert "Diop Awa" in table.get_data().decode("utf-8-sig")
    for button in ("Attendance list (PDF)", "Sheet to sign"):
        paper = kofi.send(page, button).response
        assert paper.mimetype == "application/pdf"
        text = pypdf.PdfReader(io.BytesIO(paper.get_data())).pages[0].extract_text()
        assert "Diop Awa" in text


def test_an_unknown_sitting_is_not_found(kofi: TestVisitor) -> None:
    kofi.get(f"{LIST}/{a_workshop(kofi)}/roll/elsewhere", status=404)
