"""The checker: every kind of problem, where it stands, and whether it stops publishing."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from lms.courses.checking import check_course, problems_before_publishing
from lms.courses.library import library_of
from lms.courses.pictures.raster import examine_raster
from lms.courses.pictures.svg import examine_svg
from lms.courses.reader import read_course
from tests.builders_courses import (
    DECLARE_EN,
    DRAWING,
    INDEX_EN,
    WEIGH_EN,
    WEIGH_FR,
    change,
    make_course_folder,
    make_photo,
)

FR = "01-counter/01-weigh.fr.md"
EN = "01-counter/01-weigh.en.md"


def problems(folder: Path) -> dict[str, str]:
    return {str(problem): problem.severity for problem in check_course(folder)}


def test_a_finished_course_has_nothing_to_correct(tmp_path: Path) -> None:
    assert check_course(make_course_folder(tmp_path)) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "line", "words", "severity"),
    [
        # questions
        (FR, "2. [x]", "2. [ ]", 26, "exactly one right answer, and this one has 0", "error"),
        (FR, "1. [ ]", "1. [x]", 26, "exactly one right answer, and this one has 2", "error"),
        (FR, "- [ ] La", "- [x] La", 41, "at least one is wrong", "error"),
        (EN, "{#weigh-check", "{#weigh-first", 42, "already used in 01-", "error"),
        (FR, "{#weigh-check", "{#t-case-1", None, "already used in", "error"),
        (FR, "{#close}", "{#price}", 26, "“price” stands twice", "error"),
        (FR, "   > Non : Awa attend.\n", "", 36, "has no feedback", "warning"),
        (FR, "{#scale}", "{#correct}", 26, "gives the answer away", "warning"),
        # languages
        (EN, "2. [x]", "2. [ ]", 27, "exactly one", "error"),
        (EN, "points=2", "points=3", 42, "points are 3 here and 2 in", "error"),
        (EN, "{#colour}", "{#color}", 42, "other ids", "error"),
        (EN, "{#weigh-limit", "{#weigh-limits", None, "“weigh-limits” is not in", "error"),
        (EN, "{#weigh-limit", "{#weigh-limits", 9, "“weigh-limit” of", "error"),
        (EN, "2±0.05", "2±0.5", 51, "right answer is not the same", "error"),
        (EN, "[[2±0.05]]", "[[two]]", 51, "another kind", "error"),
        (EN, "minutes: 8", "minutes: 9", 4, "“minutes” is 9 here and 8", "error"),
        ("test.en.md", "pool: 5", "pool: 6", 5, "“pool” is 6 here and 5", "error"),
        (EN, "sources: [U1]", "sources: [U2]", 7, "sources differ", "error"),
        (EN, "## Read", "### Read", None, "Headings or call-outs differ", "warning"),
        (EN, "[!TIP]", "[!NOTE]", 9, "Headings or call-outs differ", "warning"),
        (EN, 'l10n: {source: "', 'l10n: {source: "0000000000"} #', 8, "changed after", "warning"),
        # references
        (FR, "../media/scale.svg", "../media/scales.svg", 16, "not in the course folder", "error"),
        (FR, "../media/scale.svg", "https://x.example/a.svg", 16, "not in the course", "error"),
        (FR, "![Une balance avec un colis.]", "![]", 16, "has no description", "error"),
        (FR, "(02-declare.fr.md)", "(03-declare.fr.md)", 22, "leads nowhere", "error"),
        (FR, "(02-declare.fr.md)", "(//x.example)", 22, "leads nowhere", "error"),
        (FR, "term:petit paquet", "term:gros paquet", 9, "“gros paquet” is not in", "error"),
        (FR, "term:petit paquet", "term:small packet", 9, "in another language", "error"),
        (FR, "{{ currency }}", "{{ money }}", 20, "“money” is not known", "error"),
        (FR, "{{ currency }}", "{{ Currency }}", 20, "“Currency” is not known", "error"),
        ("course.yaml", "{{ support_phone }}", "{{ phone }}", 16, "“phone” is not known", "error"),
        (FR, "sources: [U1]", "sources: [U99]", 7, "“U99” is not known", "error"),
        ("course.yaml", "[U1, Y3]", "[U1, Q9]", 14, "“Q9” is not known", "error"),
        # structure
        (FR, "## Lire", "# Lire", 11, "title stands in the front matter", "error"),
        (FR, "## Lire", "### Lire", 11, "level is skipped", "error"),
        (FR, "[!TIP]", "[!CAUTION]", 13, "call-out is not known", "error"),
        (FR, "Awa pose", "<b>Awa</b> pose", 9, "“<b>” is shown", "warning"),
        ("course.yaml", "minutes: 24", "minutes: 30", 7, "take 24 minutes together", "warning"),
        ("test.fr.md", "pool: 5", "pool: 21", 5, "draws 21 questions and has only 20", "error"),
    ],
)  # fmt: skip
def test_each_problem_is_told_with_its_place(
    tmp_path: Path, path: str, old: str, new: str, line: int | None, words: str, severity: str
) -> None:
    found = problems(make_course_folder(tmp_path, replace={path: (old, new)}))
    place = "" if line is None else f":{line}: "
    mine = [one for one in found if words in one and place in one]
    assert mine, found
    assert all(found[one] == severity for one in mine)


@pytest.mark.parametrize(
    ("files", "facts", "words", "severity"),
    [
        ({EN: None}, {}, f"{EN}:1: This translation is missing", "warning"),
        ({FR: None}, {}, f"{FR}:1: The text in the course's first language", "error"),
        ({"index.sw.md": INDEX_EN}, {}, "“sw” is not in course.yaml", "warning"),
        ({"02-more/02-weigh.fr.md": WEIGH_FR}, {}, "“weigh” is also used by", "error"),
        ({"01-counter/03-test.fr.md": WEIGH_FR}, {}, "cannot be named “test”", "error"),
        ({"01-counter/02-more.fr.md": WEIGH_FR}, {}, "has the same number", "warning"),
        ({"02-more/index.fr.md": INDEX_EN}, {}, "module has no lesson", "warning"),
        ({"test.fr.md": None, "test.en.md": None}, {}, "has no final test", "warning"),
        ({"notes.md": "x"}, {}, "notes.md:1: This file is not part of the course", "warning"),
        ({"media/more.svg": DRAWING}, {}, "No page shows this picture", "warning"),
        ({"media/scale.svg": DRAWING + " " * 40_000}, {}, "weighs 39 KB", "warning"),
        ({"media/scale.svg": "<svg"}, {}, "This drawing cannot be read", "error"),
        ({"media/photo.png": b"\x89PNG broken"}, {}, "cannot be read", "error"),
        ({"media/photo.png": make_photo(40, 40, "JPEG")}, {}, "End it with .jpg", "error"),
        ({}, {"languages": "[fr, en, sw]"}, "index.sw.md:1: This translation", "warning"),
    ],
)  # fmt: skip
def test_problems_of_whole_files_are_told(
    tmp_path: Path,
    files: Mapping[str, str | bytes | None],
    facts: dict[str, Any],
    words: str,
    severity: str,
) -> None:
    found = problems(make_course_folder(tmp_path, files=files, **facts))
    mine = [one for one in found if words in one]
    assert mine, found
    assert {found[one] for one in mine} == {severity}


def test_a_translation_without_stamp_is_told(tmp_path: Path) -> None:
    found = problems(make_course_folder(tmp_path, stamp=False))
    assert len(found) == 5
    assert all("Nothing says which text" in one for one in found)


def test_a_stale_translation_is_told_which_paragraphs_changed(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    before = {page.digest: page.text for page in read_course(folder).lessons[0].pages.values()}
    change(folder / FR, "Attendez que le chiffre", "Attendez toujours que le chiffre")
    change(folder / FR, "Lisez aussi", "Relisez aussi")
    found = problems_before_publishing(read_course(folder), library_of(folder), before)
    assert [str(one) for one in found] == [
        f"{EN}:8: {FR} changed after this translation, in the paragraphs on these lines: 13, 22. "
        "Correct this text, then run “lms courses stamp”."
    ]


def test_facts_that_are_not_confirmed_cannot_be_taught(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("code,mark,fact,source\nU1,X,a,b\nY3,C,a,b\n")
    (tmp_path / "values.yaml").write_text(
        "currency: {fr: a}\noperator_name: {fr: a}\nsupport_phone: {fr: a}\n"
    )
    (tmp_path / "glossary.csv").write_text(
        "id,category,term_en,term_fr,definition_en,definition_fr\n"
        "G1,x,small packet,petit paquet,a,b\n"
    )
    found = problems(make_course_folder(tmp_path))
    assert sum("“U1” is not confirmed" in one for one in found) == 3
    assert sum("“Y3” is not confirmed" in one for one in found) == 1
    assert set(found.values()) == {"error"}


def test_questions_in_another_order_are_told(tmp_path: Path) -> None:
    turned = DECLARE_EN.replace("declare-order", "x").replace("declare-match", "declare-order")
    files = {"01-counter/02-declare.en.md": turned.replace("{#x", "{#declare-match")}
    found = problems(make_course_folder(tmp_path, files=files))
    assert any("another order than in" in one for one in found)
    assert any("of another kind" in one for one in found)


def test_lists_to_order_and_match_are_looked_at(tmp_path: Path) -> None:
    path = "01-counter/02-declare.fr.md"
    folder = make_course_folder(
        tmp_path,
        files={
            path: "---\ntitle: T\nsummary: S\nminutes: 6\nobjectives: [a]\n---\n::: quiz\n"
            "## A {#declare-order}\n1. Un {#step-1}\n2. Deux {#step-2}\n\n"
            "## B {#declare-match}\n- a :: Même {#x}\n- b :: même {#y}\n- c :: z {#z}\n\n"
            "## C {#declare-fill}\n1. [x] Seul {#alone}\n   > Oui.\n:::\n"
        },
    )
    found = problems(folder)
    assert any(f"{path}:8: These ids give the order away" in one for one in found)
    assert any(f"{path}:8: This list works best with 3 to 6 lines" in one for one in found)
    assert any(f"{path}:12: Two pairs have the same right-hand side" in one for one in found)
    assert any(f"{path}:17: This question has fewer than two lines" in one for one in found)


def test_a_small_test_and_an_open_question_in_it_are_warned_of(tmp_path: Path) -> None:
    front = "---\ntitle: T\nsummary: S\nminutes: 10\npool: 1\n---\n"
    text = front + "::: quiz\n## Q {#t-q}\n\n[[...]]\n:::\n"
    found = problems(make_course_folder(tmp_path, files={"test.fr.md": text, "test.en.md": text}))
    assert any("Questions in the test: 1." in one for one in found)
    assert any("test.fr.md:8: A trainer has to read" in one for one in found)
    assert set(found.values()) == {"warning"}


def test_a_lesson_that_is_too_heavy_is_warned_of(tmp_path: Path) -> None:
    words = "\n\n".join(f"mot{number * 7919 % 99991}" for number in range(9000))
    folder = make_course_folder(tmp_path, replace={FR: ("Awa pose", words + " Awa pose")})
    assert any(f"{FR}:1: This lesson weighs" in one for one in problems(folder))


def test_a_picture_that_is_too_heavy_is_one_error(tmp_path: Path) -> None:
    heavy = b"\x89PNG" + b"0" * (6 * 1024 * 1024)
    folder = make_course_folder(
        tmp_path,
        files={"media/scale.png": heavy, "media/scale.svg": None},
        replace={
            FR: ("../media/scale.svg", "../media/scale.png"),
            EN: ("../media/scale.svg", "../media/scale.png"),
        },
    )
    found = [one for one in check_course(folder) if one.severity == "error"]
    assert [str(one) for one in found] == [
        "media/scale.png:1: This file is too heavy: 6144 KB. Make it lighter than 5120 KB."
    ]


def test_problems_are_sorted_by_file_and_line(tmp_path: Path) -> None:
    folder = make_course_folder(
        tmp_path,
        minutes="99",
        files={FR: WEIGH_FR.replace("## Lire", "# Lire").replace("U1", "Q1"), EN: WEIGH_EN},
    )
    found = check_course(folder)
    assert len(found) > 3
    assert [(one.path, one.line) for one in found] == sorted((one.path, one.line) for one in found)


def test_every_problem_says_what_to_do(tmp_path: Path) -> None:
    """Two sentences at least: what is wrong, and what to do about it."""
    folder = make_course_folder(tmp_path, stamp=False, minutes="99", replace={FR: ("[x]", "[ ]")})
    found = check_course(folder)
    assert len(found) > 6
    for problem in found:
        assert str(problem.sentence).count(".") >= 2


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 36" width="64" height="36">{}</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p/></foreignObject>",
        "<style>@import 'x'</style>",
        "<image href='x.png'/>",
        "<a href='https://x.example'><rect/></a>",
        "<use href='https://x.example/a.svg#b'/>",
        "<use xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='//x.example#b'/>",
        "<rect onload='alert(1)'/>",
        "<rect ONCLICK='alert(1)'/>",
        "<rect fill='url(https://x.example/a)'/>",
        "<rect style='background:url( \"//x.example\")'/>",
        "<animate onbegin='alert(1)'/>",
        "<set attributeName='href' to='javascript:alert(1)'/>",
        "<iframe/>",
        "<html:script xmlns:html='http://www.w3.org/1999/xhtml'>alert(1)</html:script>",
        "<?xml-stylesheet href='x.css'?>",
    ],
)
def test_drawings_that_could_do_harm_are_refused(inside: str) -> None:
    examined = examine_svg(SVG.format(inside).encode())
    assert [finding.severity for finding in examined.findings] == ["error"] * len(examined.findings)
    assert examined.findings


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no xml",
        b"<html/>",
        b"\xff\xfe<svg/>",
        b"<!DOCTYPE svg [<!ENTITY a 'aaaa'>]><svg>&a;</svg>",
        b'<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg/>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>',
        b"<svg" + b"<g>" * 100_000,
    ],
)
def test_broken_drawings_are_refused(data: bytes) -> None:
    assert examine_svg(data).findings


def test_entities_are_never_expanded() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 100}">' for n in range(12))
    examined = examine_svg(f"<!DOCTYPE svg [{bomb}]>{SVG.format('&e11;')}".encode())
    assert [finding.line for finding in examined.findings] == [1]


def test_a_plain_drawing_is_measured() -> None:
    drawing = SVG.format(
        "<defs><linearGradient id='g'/></defs><use href='#g'/><rect fill='url(#g)'/><text>a</text>"
    )
    examined = examine_svg(drawing.encode())
    assert (examined.width, examined.height, examined.findings) == (64, 36, ())
    without = drawing.replace(' width="64" height="36"', "")
    assert examine_svg(without.encode()).width == 64


def test_a_picture_with_too_many_pixels_is_not_decoded() -> None:
    out = BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    (finding,) = examine_raster(out.getvalue(), "image/png").findings
    assert "too many pixels" in str(finding.sentence)


def test_a_photo_that_tells_its_place_is_warned_of() -> None:
    image = Image.open(BytesIO(make_photo(40, 30, "JPEG")))
    exif = image.getexif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x0112] = 6
    out = BytesIO()
    image.save(out, "JPEG", exif=exif)
    examined = examine_raster(out.getvalue(), "image/jpeg")
    assert [finding.severity for finding in examined.findings] == ["warning"]
    assert (examined.width, examined.height) == (30, 40)
