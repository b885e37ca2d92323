"""Columns, days and cells of lists, as people write them."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.base.refusals import Refusal
from lms.exchange.reading import read_sheet
from lms.exchange.reading.workbook import as_typed, workbook_rows
from lms.exchange.rules.columns import HEADINGS, ROSTER, TRAININGS, recognised
from lms.exchange.rules.days import birth_year_in, day_in, order_in
from lms.exchange.rules.refusals import NotATable, SheetTooWide


@pytest.mark.parametrize(
    ("heading", "thing"),
    [
        ("Matricule *", "staff_number"),
        ("N° matricule", "staff_number"),
        ("STAFF NO.", "staff_number"),
        ("Prénom(s)", "given_name"),
        ("Date de naissance (jj/mm/aaaa)", "birth"),
        ("E-mail", "email"),
        ("Adresse e‑mail", "email"),
        ("Favourite colour", None),
    ],
)
def test_columns_are_known_by_many_names(heading: str, thing: str | None) -> None:
    assert recognised(heading, ROSTER) == thing


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_headings_of_the_example_are_recognised(language: str) -> None:
    for names in (ROSTER, TRAININGS):
        for thing in names:
            assert recognised(HEADINGS[language][thing], names) == thing


def test_no_name_of_a_column_means_two_things() -> None:
    for names in (ROSTER, TRAININGS):
        known = [name for each in names.values() for name in each]
        assert len(known) == len(set(known))


@pytest.mark.parametrize(
    ("column", "text", "day"),
    [
        (["2026-03-04"], "2026-03-04", date(2026, 3, 4)),
        (["3/4/1990", "25/12/1990"], "3/4/1990", date(1990, 4, 3)),
        (["3/4/1990", "12/25/1990"], "3/4/1990", date(1990, 3, 4)),
        (["3/4/1990"], "3/4/1990", None),
        (["3/4/1990", "25/12/1990", "12/25/1990"], "3/4/1990", None),
        (["4/4/1990"], "4/4/1990", date(1990, 4, 4)),
        (["31/02/1990"], "31/02/1990", None),
        (["04.03.26"], "04.03.26", None),
    ],
)
def test_the_order_of_day_and_month_is_proved_by_the_column(
    column: list[str], text: str, day: date | None
) -> None:
    found = day_in(text, order_in(column))
    assert found.day == day and (found.problem is None) == (day is not None)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_any_day_is_read_back_in_the_order_it_was_written(day: date) -> None:
    assert day_in(day.isoformat(), "").day == day
    assert day_in(f"{day.day}/{day.month}/{day.year}", "day").day == day
    assert day_in(f"{day.month}.{day.day}.{day.year}", "month").day == day
    assert birth_year_in(f"{day.day}/{day.month}/{day.year}", date(2105, 1, 1)) == day.year


@pytest.mark.parametrize("text", ["32/13/1990", "1850", "90", "soon", "2030", "99999"])
def test_nonsense_is_no_year_of_birth(text: str) -> None:
    assert birth_year_in(text, date(2026, 11, 22)) is None


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    try:
        sheet = read_sheet(data, ROSTER)
    except Refusal as refusal:
        assert str(refusal)
    else:
        assert sheet.head


def test_cells_of_a_workbook_are_what_one_would_have_typed() -> None:
    cells = [datetime(1990, 4, 3), date(1990, 4, 3), 12.0, 1.5, "A1", ""]
    assert [as_typed(cell) for cell in cells] == ["1990-04-03", "1990-04-03", "12", "1.5", "A1", ""]


def workbook(sheet: str) -> bytes:
    """A small XLSX made by hand."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    doc = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pack = "http://schemas.openxmlformats.org/package/2006"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{pack}/content-types"></Types>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{pack}/relationships"><Relationship Id="r" '
            f'Type="{doc}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{doc}"><sheets><sheet name="A" sheetId="1" '
            'r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{pack}/relationships"><Relationship Id="r1" '
            f'Type="{doc}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
        )
    return out.getvalue()


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_workbook_is_read_as_a_table() -> None:
    head = text_cell("A1", "Matricule") + text_cell("B1", "Nom") + text_cell("C1", "Prénom")
    row = '<c r="A2"><v>1234</v></c>' + text_cell("B2", "Koné") + text_cell("C2", "Awa")
    data = workbook(f'<row r="1">{head}</row><row r="2">{row}</row>')
    sheet = read_sheet(data, ROSTER)
    assert [each.cells for each in sheet.rows] == [("1234", "Koné", "Awa")]


def test_a_cell_far_away_does_not_take_all_memory() -> None:
    far = f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'
    with pytest.raises(SheetTooWide, match="XFD1048576"):
        workbook_rows(workbook(far))


def test_a_broken_archive_is_no_table() -> None:
    with pytest.raises(NotATable):
        workbook_rows(workbook("")[:200])
