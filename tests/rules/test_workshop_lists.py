"""The attendance list, on paper and for a spreadsheet."""

import csv
import io

import pypdf
import pytest

from lms.workshops.paper import Sheet, SheetLine, attendance_csv, attendance_pdf
from tests.builders_workshops import make_plan, make_sitting, make_workshop

AWA = SheetLine(
    "7K3QF9M2", "Awa Diop", "Poste", "Sénégal", "participant", frozenset({"day1"}), frozenset()
)


def make_sheet(*lines: SheetLine, title: str = "Caisse et épargne") -> Sheet:
    return Sheet(make_workshop(make_plan(title=title)), "Union", lines or (AWA,))


def read_pdf(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def text_of(pdf: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("blank", [True, False])
def test_the_paper_is_tagged_and_bears_the_names(language: str, blank: bool) -> None:
    pdf = read_pdf(attendance_pdf(make_sheet(), language, blank=blank))
    catalogue = pdf.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert catalogue["/Lang"] == language  # type: ignore[index]
    assert "Caisse et épargne" in str(pdf.metadata.title if pdf.metadata else "")
    assert "Awa Diop" in text_of(pdf)
    assert "7K3QF9M2" in text_of(pdf)


def test_the_sheet_to_sign_tells_nothing_of_who_came_and_has_lines_for_others() -> None:
    signed = text_of(read_pdf(attendance_pdf(make_sheet(), "en", blank=True)))
    printed = text_of(read_pdf(attendance_pdf(make_sheet(), "en", blank=False)))
    assert "not on the list" in signed
    assert "present" not in signed
    assert "not on the list" not in printed
    assert printed.count("present") == 1


def test_a_long_list_repeats_its_head_and_numbers_its_pages() -> None:
    pdf = read_pdf(attendance_pdf(make_sheet(*[AWA] * 90), "en", blank=False))
    assert len(pdf.pages) > 1
    for number, page in enumerate(pdf.pages, start=1):
        assert f"page {number} of {len(pdf.pages)}" in page.extract_text()
        assert "Delegation" in page.extract_text()


def test_many_sittings_are_spread_over_pages() -> None:
    sittings = tuple(make_sitting(f"s{n}", day=n) for n in range(14))
    sheet = Sheet(make_workshop(make_plan(sittings=sittings)), "Union", (AWA,))
    text = text_of(read_pdf(attendance_pdf(sheet, "en", blank=True)))
    assert text.count("09:00–12:00") >= 14


@pytest.mark.parametrize("name", ["", "x" * 200, "#set page()", "\\ $1$ *_`", "日本", "علي حسن"])
def test_no_name_keeps_a_paper_from_being_made(name: str) -> None:
    odd = SheetLine("", name, name, "", "observer", frozenset(), frozenset())
    assert attendance_pdf(make_sheet(odd, title=name or "-"), "fr", blank=True)


def test_the_same_list_gives_the_same_bytes() -> None:
    assert attendance_pdf(make_sheet(), "fr", blank=True) == attendance_pdf(
        make_sheet(), "fr", blank=True
    )


@pytest.mark.parametrize(("language", "separator"), [("fr", ";"), ("en", ",")])
def test_the_table_opens_in_a_spreadsheet_of_the_language(language: str, separator: str) -> None:
    data = attendance_csv(make_sheet(), language)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=separator))
    assert rows[1][:4] == ["7K3QF9M2", "Awa Diop", "Poste", "Sénégal"]
    assert rows[1][-2] == "360"
    assert len(rows[0]) == len(rows[1]) == 10


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_cell_is_a_formula(name: str) -> None:
    odd = SheetLine("", name, "", "", "participant", frozenset(), frozenset())
    rows = csv.reader(io.StringIO(attendance_csv(make_sheet(odd), "en").decode("utf-8-sig")))
    assert list(rows)[1][1] == f"'{name}"
