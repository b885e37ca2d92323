"""The secretariat reads its figures, opens the rows behind them, and takes them along."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from bs4 import Tag

from lms.reports.definitions import DEFINITIONS
from tests.builders_reports import (
    finishing,
    keep_all,
    person_events,
    publish_four,
    workshop_events,
)
from tests.visitor import Seen, TestVisitor, fields_of

LANGUAGES = ("fr", "en")
ABIDJAN, NAIROBI = "CI-OP-ABJ-01", "KE-OP-NBO-01"
SignIn = Callable[..., TestVisitor]


@pytest.fixture
def history(tree: dict[str, str], tmp_path: Path) -> None:
    """Awa of Abidjan and Otieno of Nairobi finish a course and meet at a workshop."""
    editions = publish_four(tmp_path)
    keep_all(
        person_events("awa", ABIDJAN),
        person_events("otieno", NAIROBI, sex="male"),
        finishing("awa", "s3", editions["s3"], "2024-02-10"),
        finishing("awa", "s4", editions["s4"], "2024-05-02"),
        finishing("otieno", "s3", editions["s3"], "2024-02-11"),
        workshop_events(
            "w",
            {"awa": ["0"], "otieno": ["0"]},
            sent_by={"awa": "CI", "otieno": "KE"},
            invited=("CI", "KE"),
        ),
    )


@pytest.fixture
def secretary(sign_in: SignIn) -> TestVisitor:
    return sign_in("secretariat", at="UPAP")


def tile(page: Seen, code: str) -> str:
    """The value of an indicator, as the page shows it."""
    label = page.soup.find(id=f"figure-{code}")
    assert isinstance(label, Tag)
    item = label.find_parent("li")
    assert isinstance(item, Tag)
    value = item.find(class_="tile-value")
    assert isinstance(value, Tag)
    return " ".join(value.get_text(" ").split())


def sheet(secretary: TestVisitor, page: str, delimiter: str) -> list[list[str]]:
    """The file behind the page's button."""
    response = secretary.send(secretary.get(page), ".csv").response
    assert response.mimetype == "text/csv"
    text = response.get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text), delimiter=delimiter))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_of_a_quarter_are_on_one_page(
    language: str, secretary: TestVisitor, history: None
) -> None:
    page = secretary.get(f"/{language}/secretariat/?period=2024-Q1")
    assert [tile(page, code)[:1] for code in ("1a", "1b", "4", "5a", "5b", "6")] == list("221222")
    later = secretary.get(f"/{language}/secretariat/?period=2024-Q2")
    assert [tile(later, code)[:1] for code in ("1a", "1b", "4")] == ["1", "0", "0"]


def test_the_first_of_a_month_is_written_as_people_write_it(
    secretary: TestVisitor, history: None
) -> None:
    assert "1er janvier 2024" in secretary.get("/fr/secretariat/?period=2024-Q1").main
    assert "1 January 2024" in secretary.get("/en/secretariat/?period=2024-Q1").main


def test_previous_and_next_lead_through_the_quarters(secretary: TestVisitor, history: None) -> None:
    page = secretary.get("/en/secretariat/?period=2024-Q2&place=CI")
    before = page.soup.find("a", rel="prev")
    after = page.soup.find("a", rel="next")
    assert isinstance(before, Tag) and isinstance(after, Tag)
    assert "period=2024-Q1" in str(before["href"]) and "place=CI" in str(before["href"])
    assert "period=2024-Q3" in str(after["href"])
    assert tile(secretary.get(str(before["href"])), "1a") == "1"


def test_each_figure_opens_as_many_rows_as_it_says(secretary: TestVisitor, history: None) -> None:
    page = secretary.get("/en/secretariat/?period=2024-Q1")
    for code in ("1a", "1b", "4", "5a", "5b", "6"):
        rows = secretary.get(f"/en/secretariat/figures/{code}?period=2024-Q1")
        assert len(rows.soup.select("main tbody tr")) == int(tile(page, code)[0])


def test_each_count_of_a_table_opens_its_rows(secretary: TestVisitor, history: None) -> None:
    page = secretary.get("/en/secretariat/?period=2024")
    links = list(page.soup.select("section.breakdown td a"))
    assert len(links) > 10
    for link in links:
        count = int("".join(link.find_all(string=True, recursive=False)).strip())
        rows = secretary.get(str(link["href"]))
        assert len(rows.soup.select("main tbody tr")) == count


def test_the_rows_name_who_is_in_the_scope_and_the_file_does_not(
    secretary: TestVisitor, history: None, sign_in: SignIn
) -> None:
    trained = sign_in("learner", given_name="Mariam", family_name="Koné")
    url = f"/en/secretariat/figures/1a?period=2024-Q1&by=state&key={_state(secretary, 'CI')}"
    assert "AWA" in secretary.get(url).main
    assert trained.person
    lines = sheet(secretary, url, ",")
    assert "AWA" in lines[-1]
    assert not any("Name" in line for line in lines)


def _state(secretary: TestVisitor, code: str) -> str:
    from lms.people.queries import organisation_with_code

    return organisation_with_code(code).id


@pytest.mark.parametrize(("language", "delimiter"), [("fr", ";"), ("en", ",")])
def test_the_file_says_what_the_page_says(
    language: str, delimiter: str, secretary: TestVisitor, history: None
) -> None:
    lines = sheet(secretary, f"/{language}/secretariat/?period=2024-Q1", delimiter)
    totals = {line[0]: line[5] for line in lines if len(line) > 5 and line[3] == "" and line[5]}
    assert {code: totals[code] for code in ("1a", "1b", "4", "5a", "5b", "6")} == {
        "1a": "2",
        "1b": "2",
        "4": "1",
        "5a": "2",
        "5b": "2",
        "6": "2",
    }
    assert "2024-01-01" in lines[2] and "2024-03-31" in lines[3]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("period=2026-13", "period"),
        ("period=%00%F0%9F%98%80", "period"),
        ("first=2026-03-01&last=2026-02-01", "last"),
        ("first=2026-03-01", "last"),
        ("first=never&last=2026-02-30", "first"),
        ("place=NOWHERE", "place"),
    ],
)
def test_what_is_typed_wrong_is_explained_and_kept(
    language: str, typed: str, field: str, secretary: TestVisitor
) -> None:
    page = secretary.get(f"/{language}/secretariat/?{typed}", status=400)
    summary = page.soup.find(class_="error-summary")
    assert isinstance(summary, Tag)
    assert summary.find("a", href=f"#{field}")
    for name, text in (pair.split("=") for pair in typed.split("&")):
        shown = page.soup.find(id=name)
        assert isinstance(shown, Tag)
        kept = shown.get("value") or shown.find("option", selected=True)
        assert "%" in text or text in str(kept)


def test_a_wrong_address_of_a_file_or_of_rows_is_no_accident(secretary: TestVisitor) -> None:
    for url in (
        "figures/1a?first=2026-02-01",
        "figures/1a?by=sex&key=robot",
        "figures/4?by=sex&key=female",
        "figures/1a?by=state",
    ):
        assert secretary.get(f"/en/secretariat/{url}", status=400).main
    secretary.get("/en/secretariat/figures/7", status=404)
    token = fields_of(secretary.get("/en/secretariat/").form("figures.csv"))
    secretary.post("/en/secretariat/figures/7/rows.csv", token, status=404)
    secretary.post("/en/secretariat/figures.csv?period=2026-13", token, status=400)
    secretary.get("/en/secretariat/figures/1a?page=0")
    secretary.get("/en/secretariat/figures/1a?page=999999999999999999999999")


def test_small_counts_of_women_and_men_are_not_on_the_page(
    secretary: TestVisitor, history: None
) -> None:
    page = secretary.get("/en/secretariat/?period=2024-Q1")
    table = page.soup.find(id="by-1a-sex")
    assert isinstance(table, Tag)
    assert not table.select("td a")
    assert {td.get_text(strip=True) for td in table.select("tbody td")} == {"hidden"}


def test_the_map_has_a_square_for_each_member_state(secretary: TestVisitor, history: None) -> None:
    page = secretary.get("/en/secretariat/?period=2024-Q1")
    svg = page.soup.find("svg", class_="state-map")
    assert isinstance(svg, Tag)
    assert [t.get_text() for t in svg.select(".state-iso")] == ["CI", "KE"]
    assert [t.get_text() for t in svg.select(".state-count")] == ["1", "1"]
    assert svg.find("title") and svg.find("desc")


@pytest.mark.parametrize("language", LANGUAGES)
def test_definitions_say_their_version_and_their_numbers(
    language: str, secretary: TestVisitor
) -> None:
    page = secretary.get(f"/{language}/secretariat/definitions")
    assert len(page.soup.select("section[id^=indicator-]")) == len(DEFINITIONS)
    numbers = {td.get_text(strip=True) for td in page.soup.select("td.number")}
    assert {"70", "60", "120", "2", "1"} <= numbers


def test_others_are_not_admitted(sign_in: SignIn, client: TestVisitor) -> None:
    for role in ("learner", "trainer", "manager", "engineer"):
        visitor = sign_in(role)
        visitor.get("/en/secretariat/", status=403)
        visitor.get("/en/secretariat/figures/1a", status=403)
    client.get("/en/secretariat/", status=303, follow=False)
