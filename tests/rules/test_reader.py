"""Reading a folder: everything is read, nothing stops it, nothing is too big for it."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.courses.checking import check_course
from lms.courses.library import HOME, library
from lms.courses.reader import read_course, read_files, stamp_translations
from lms.courses.reader.files import PICTURE_LIMIT, TEXT_LIMIT
from lms.courses.reader.stamping import stamped
from lms.courses.rendering import render_course
from lms.courses.rules import Kind
from lms.courses.rules.course import GAP, Course, SourceQuestion, digest_of
from tests.builders_courses import (
    DRAWING,
    FILES,
    INDEX_EN,
    INDEX_FR,
    MODULE_FR,
    WEIGH_FR,
    course_yaml,
    make_course_folder,
    make_photo,
    write,
)

FRONT = "---\ntitle: T\nsummary: S\nminutes: 5\nobjectives: [a]\n---\n"


def said(course: Course) -> list[str]:
    return [str(problem) for problem in course.problems]


def read_quiz(text: str, language: str = "fr") -> tuple[tuple[SourceQuestion, ...], list[str]]:
    page = f"{FRONT}\n::: quiz\n\n{text}\n\n:::\n"
    course = read_files("c", {"course.yaml": course_yaml().encode(), "01-l.fr.md": page.encode()})
    return course.lessons[0].pages[language].questions, said(course)


def read_one(text: str) -> SourceQuestion:
    questions, problems = read_quiz(text)
    assert problems == []
    return questions[0]


def test_a_complete_folder_is_read_without_a_problem(tmp_path: Path) -> None:
    course = read_course(make_course_folder(tmp_path))
    assert said(course) == []
    assert (course.slug, course.facts.id, course.source_language) == ("small-parcels", "T1", "fr")
    assert [module.id for module in course.modules] == ["counter"]
    assert [lesson.id for lesson in course.lessons] == ["weigh", "declare"]
    weigh = course.lessons[0].pages["en"]
    assert weigh.front.title == "Weigh a parcel"
    assert [question.id for question in weigh.questions] == [
        "weigh-first",
        "weigh-check",
        "weigh-limit",
    ]
    assert len(course.test["fr"].questions) == 20


def test_lessons_may_stand_without_modules(tmp_path: Path) -> None:
    files = {path: None for path in FILES if path.startswith("01-counter/")}
    folder = make_course_folder(tmp_path, files={**files, "01-weigh.fr.md": WEIGH_FR})
    course = read_course(folder)
    assert [(module.folder, module.lessons[0].id) for module in course.modules] == [("", "weigh")]


def test_modules_and_lessons_follow_their_numbers(tmp_path: Path) -> None:
    more = {f"{n}-m{n}/{k}-l{n}{k}.fr.md": WEIGH_FR for n in (2, 10) for k in (2, 10, 1)}
    course = read_course(make_course_folder(tmp_path, files=more))
    assert [module.id for module in course.modules] == ["counter", "m2", "m10"]
    assert [lesson.id for lesson in course.modules[1].lessons] == ["l21", "l22", "l210"]


def test_one_answer_with_hint_feedback_and_explanation() -> None:
    question = read_one(
        "## Que faire ? {#what points=2}\n\nUn cas.\n\n- a\n- b\n\n> Un indice.\n\n"
        "1. [ ] Rien {#nothing}\n   > Non :\n   > non.\n2. [x] Signaler {#report}\n\n   > Oui.\n\n"
        "Parce que."
    )
    assert (question.id, question.kind, question.points) == ("what", Kind.ONE, 2)
    assert question.title == "Que faire ?"
    assert question.statement == "Un cas.\n\n- a\n- b"
    assert question.hint == "Un indice."
    assert question.explanation == "Parce que."
    assert [(i.id, i.text, i.right, i.feedback) for i in question.items] == [
        ("nothing", "Rien", False, "Non :\nnon."),
        ("report", "Signaler", True, "Oui."),
    ]


def test_several_answers() -> None:
    question = read_one("## Q {#q}\n\n- [x] A {#a}\n  > Oui.\n- [ ] B {#b}\n  > Non.\n- [X] C {#c}")
    assert question.kind is Kind.SEVERAL
    assert [item.right for item in question.items] == [True, False, True]
    assert question.points == 1


def test_put_in_order() -> None:
    question = read_one("## Q {#q}\n\n1. Un {#one-a}\n2. Deux {#two-b}\n\nVoilà.")
    assert question.kind is Kind.ORDER
    assert [item.id for item in question.items] == ["one-a", "two-b"]


def test_match() -> None:
    question = read_one("## Q {#q}\n\n- Une chemise :: Vêtement {#shirt}\n- Un `a::b` :: Code {#c}")
    assert question.kind is Kind.MATCH
    assert [(item.text, item.other) for item in question.items] == [
        ("Une chemise", "Vêtement"),
        ("Un `a::b`", "Code"),
    ]


def test_fill_in() -> None:
    question = read_one("## Q {#q}\n\n> Indice.\n\nIl a [[douze|12]] colis.\n\nParce que.")
    assert question.kind is Kind.FILL
    assert question.accepted == ("douze", "12")
    assert question.statement == f"Il a {GAP} colis."
    assert (question.hint, question.explanation) == ("Indice.", "Parce que.")


def test_a_number_with_tolerance() -> None:
    question = read_one("## Q {#q}\n\nIl pèse [[12.5±0.5]] kg.")
    assert (question.kind, question.number, question.tolerance) == (Kind.NUMBER, "12.5", "0.5")


def test_an_open_answer() -> None:
    question = read_one("## Q {#q}\n\nDites pourquoi.\n\n[[...]]\n\nUne piste.")
    assert (question.kind, question.statement, question.explanation) == (
        Kind.OPEN,
        "Dites pourquoi.",
        "Une piste.",
    )


def test_a_glossary_link_is_not_a_gap() -> None:
    question = read_one("## Q {#q}\n\nUn [[term:colis postal]].\n\n1. [x] A {#a}\n2. [ ] B {#b}")
    assert question.kind is Kind.ONE


def test_a_statement_may_hold_a_table_and_a_picture() -> None:
    question = read_one(
        "## Q {#q}\n\n| a |\n|---|\n| 1 |\n\n![x](y.svg)\n\n1. Un {#u}\n2. Deux {#d}"
    )
    assert question.statement == "| a |\n|---|\n| 1 |\n\n![x](y.svg)"


@pytest.mark.parametrize(
    ("quiz", "line", "words"),
    [
        ("## Q\n\n1. [x] A {#a}\n2. [ ] B {#b}", 10, "no id"),
        ("## Q {#É}\n\n1. [x] A {#a}\n2. [ ] B {#b}", 10, "cannot be used"),
        ("## Q {#q points=x}\n\n1. [x] A {#a}\n2. [ ] B {#b}", 10, "Points must be"),
        ("## Q {#q points=1000}\n\n1. [x] A {#a}\n2. [ ] B {#b}", 10, "Points must be"),
        ("## Q {#q colour=red}\n\n1. [x] A {#a}\n2. [ ] B {#b}", 10, "“colour” is not understood"),
        ("## {#q}\n\n1. [x] A {#a}\n2. [ ] B {#b}", 10, "no text"),
        ("## Q {#q}\n\nRien.", 10, "nothing to answer"),
        ("## Q {#q}\n\n1. [x] A\n2. [ ] B {#b}", 12, "no id"),
        ("## Q {#q}\n\n1. [x] A {#a b}\n2. [ ] B {#b}", 12, "Only an id"),
        ("## Q {#q}\n\n1. [x] A {#a}\n2. B {#b}", 13, "no box"),
        ("## Q {#q}\n\n1. [x] {#a}\n2. [ ] B {#b}", 12, "empty"),
        ("## Q {#q}\n\n1. [x] A {#a}\n> Oui.\n2. [ ] B {#b}", 13, "belongs to no option"),
        ("## Q {#q}\n\n1. [x] A {#a}\n> Oui.\n2. [ ] B {#b}", 14, "second list"),
        ("## Q {#q}\n\n1. [x] A {#a}\n\n   Plus.\n2. [ ] B {#b}", 12, "more than its text"),
        ("## Q {#q}\n\n- A :: B {#a}\n- C {#c}", 13, "two sides"),
        ("## Q {#q}\n\n1. A {#a}\n   > Oui.\n2. B {#b}", 12, "not shown here"),
        ("## Q {#q}\n\n[[a]] et [[b]]", 12, "one gap only"),
        ("## Q {#q}\n\nUn [[|]] vide.", 12, "gap is empty"),
        ("## Q {#q}\n\nUn [[12,5±0.5]].", 12, "cannot be read"),
        ("## Q {#q}\n\nUn [[12±-1]].", 12, "cannot be read"),
        ("Avant.\n\n## Q {#q}\n\n[[...]]", 10, "before the first question"),
        ("## Q {#q}\n\n### Plus\n\n[[...]]", 12, "every heading is a question"),
        ("", 8, "has no question"),
    ],
)
def test_each_fault_in_a_quiz_is_told_with_its_line(quiz: str, line: int, words: str) -> None:
    _, problems = read_quiz(quiz)
    assert any(one.startswith(f"01-l.fr.md:{line}: ") and words in one for one in problems), (
        problems
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("---\ntitle", "title", 1, "front matter is missing"),
        ("title: Peser un colis\n", "", 1, "“title” is missing"),
        ("minutes: 8", "minutes: huit", 4, "whole number"),
        ("minutes: 8", "minutes: 0", 4, "1 or more"),
        ("minutes: 8", "minutes: 8\nminutes: 9", 5, "second time"),
        ("minutes: 8", "minute: 8", 4, "not known"),
        ("title: Peser un colis", "title: [a", 3, "cannot be read"),
        ("title: Peser un colis", "title: Peser : un: colis", 2, "cannot be read"),
        ("title: Peser un colis", "title: &a x\nlevel: *a", 3, "Write the value out"),
        ("title: Peser un colis", "title: !!python/object:os.system x", 1, "cannot be read"),
        ("  - Peser un colis\n", "  - 12\n", 6, "must be text"),
        ("sources: [U1]", "sources: U1", 7, "must be a list"),
        ("::: quiz", "::: Quiz", 56, "closes a quiz that was not opened"),
        ("\n:::\n", "\n", 24, "not closed"),
        ("\n:::\n", "\n:::\n\nFin.\n", 58, "after the quiz"),
    ],
)
def test_each_fault_in_a_page_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    path = "01-counter/01-weigh.fr.md"
    course = read_course(make_course_folder(tmp_path, replace={path: (old, new)}))
    problems = said(course)
    assert any(one.startswith(f"{path}:") and words in one for one in problems), problems
    assert any(one.startswith(f"{path}:{line}:") for one in problems), problems


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"id": None}, "“id” is missing"),
        ({"status": "ready"}, "must be one of: draft, published, archived"),
        ({"minutes": "soon"}, "whole number"),
        ({"pass_mark": "101"}, "100 or less"),
        ({"recognised": '"yes"'}, "true or false"),
        ({"attempts": "3"}, "keys of its own"),
        ({"attempts": "{max: 1}"}, "“attempts.pause_minutes” is missing"),
        ({"certificate": "{kind: gold, valid_months: 0}"}, "none, completion"),
        ({"languages": "[]"}, "is empty"),
        ({"checked_on": "2026-11-21"}, "must be text"),
        ({"checked_on": '"2026-13-41"'}, "not written as it should be"),
        ({"colour": "red"}, "“colour” is not known"),
    ],
)
def test_each_fault_in_course_yaml_is_told(
    tmp_path: Path, facts: dict[str, Any], words: str
) -> None:
    problems = said(read_course(make_course_folder(tmp_path, **facts)))
    assert any(one.startswith("course.yaml:") and words in one for one in problems), problems


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    folder = make_course_folder(
        tmp_path,
        status="ready",
        replace={"index.en.md": ("summary:", "sumary:"), "test.fr.md": ("pool: 5", "pool: no")},
    )
    paths = {problem.path for problem in read_course(folder).problems}
    assert paths == {"course.yaml", "index.en.md", "test.fr.md"}


def test_a_missing_folder_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    assert "no such folder" in said(read_course(tmp_path / "nowhere"))[0]


def test_a_missing_course_yaml_is_told(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    (folder / "course.yaml").unlink()
    assert any("course.yaml is missing" in one for one in said(read_course(folder)))


def test_text_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path, files={"index.fr.md": "été".encode("latin-1")})
    assert any("UTF-8" in one for one in said(read_course(folder)))


def test_windows_line_ends_and_a_byte_order_mark_are_understood(tmp_path: Path) -> None:
    text = "\ufeff" + WEIGH_FR.replace("\n", "\r\n")
    folder = make_course_folder(tmp_path, files={"01-counter/01-weigh.fr.md": text})
    course = read_course(folder)
    assert said(course) == []
    assert course.lessons[0].pages["fr"].digest == digest_of(WEIGH_FR)


@pytest.mark.parametrize("target", ["/etc/passwd", "index.fr.md", "nowhere"])
def test_links_to_other_files_are_refused(tmp_path: Path, target: str) -> None:
    folder = make_course_folder(tmp_path)
    (folder / "media" / "other.png").symlink_to(target)
    (folder / "02-linked").symlink_to(tmp_path)
    course = read_course(folder)
    assert sum("link to another file" in one for one in said(course)) == 2
    assert "media/other.png" not in course.files


def test_a_linked_course_folder_is_refused(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    (tmp_path / "again").symlink_to(folder)
    assert read_course(tmp_path / "again").files == {}


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    os.mkfifo(folder / "media" / "pipe.png")
    assert any("not a file" in one for one in said(read_course(folder)))


def test_a_picture_of_forty_megabytes_is_a_sentence_and_is_never_read(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    with (folder / "media" / "film.png").open("wb") as file:
        file.truncate(40 * 1024 * 1024)
    course = read_course(folder)
    assert any("media/film.png:1: This file is too heavy: 40960 KB" in one for one in said(course))
    assert "media/film.png" not in course.files


@pytest.mark.parametrize(
    ("path", "limit"), [("note.md", TEXT_LIMIT), ("media/a.png", PICTURE_LIMIT)]
)
def test_files_up_to_the_limit_are_read(path: str, limit: int) -> None:
    assert path in read_files("c", {path: b"x" * limit}).files
    assert path not in read_files("c", {path: b"x" * (limit + 1)}).files


def test_too_many_files_are_told() -> None:
    course = read_files("c", {f"media/p{number}.png": b"" for number in range(700)})
    assert len(course.files) == 600
    assert "600 files at most" in said(course)[0]


@pytest.mark.parametrize(
    "path",
    ["../x.md", "/etc/x.md", "a/../x.md", "a\\b.md", "é.md", "a/b/c/d.md", "x.exe", "x.html"],
)
def test_names_that_could_do_harm_are_refused(path: str) -> None:
    course = read_files("c", {path: b"x"})
    assert course.files == {}
    assert len(course.problems) > 0


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    folder = make_course_folder(
        tmp_path, files={".git/config": "x", ".DS_Store": "x", "a.md~": "x"}
    )
    assert said(read_course(folder)) == []


def test_aliases_that_would_fill_the_memory_are_refused() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    course = read_files("c", {"course.yaml": bomb.encode()})
    assert any("course.yaml:2: Names such as *this" in one for one in said(course))


@pytest.mark.parametrize("text", ["[" * 30_000, "a: " + "{a: " * 5000, "? " * 2000, "- " * 9000])
def test_yaml_of_any_depth_is_refused_quietly(text: str) -> None:
    assert read_files("c", {"course.yaml": text.encode()}).problems


@pytest.mark.parametrize(
    "text",
    ["> " * 5000 + "x", "- " * 3000 + "x", "[" * 9000, "*_" * 4000, "[[term:" * 2000, "{{ " * 6000],
)
def test_markdown_of_any_depth_is_read(text: str) -> None:
    page = WEIGH_FR.replace("Awa pose", text + "\n\nAwa pose", 1)
    course = read_files("c", {"course.yaml": course_yaml().encode(), "01-l.fr.md": page.encode()})
    assert render_course(course, library()).texts["fr"].lessons[0].html


def test_a_paragraph_without_end_is_a_sentence_and_is_not_parsed() -> None:
    page = WEIGH_FR.replace("Awa pose", "[[term:" * 100_000 + "Awa pose", 1)
    course = read_files("c", {"course.yaml": course_yaml().encode(), "01-l.fr.md": page.encode()})
    assert said(course) == [
        "01-l.fr.md:9: This paragraph is too long. Cut it into several, with an empty line between "
        "them."
    ]


def test_a_stamp_names_the_source_and_keeps_all_other_bytes(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path, stamp=False)
    path = folder / "01-counter/01-weigh.en.md"
    before = path.read_bytes()
    assert len(stamp_translations(folder)) == 5
    stamp = f'l10n: {{source: "{digest_of(WEIGH_FR)}"}}\n'.encode()
    assert path.read_bytes() == before.replace(b"sources: [U1]\n", b"sources: [U1]\n" + stamp)
    assert (folder / "01-counter/01-weigh.fr.md").read_text() == WEIGH_FR
    assert stamp_translations(folder) == []


def test_a_stamp_takes_the_place_of_the_old_one() -> None:
    new = b'l10n: {source: "aaaaaaaaaa"}\n'
    for old in (b'l10n: {source: "0123456789"}\n', b'l10n:\n  source: "0123456789"\n'):
        page = b"---\ntitle: x\n" + old + b"minutes: 3\n---\nl10n: body\n"
        assert stamped(page, "a" * 10) == page.replace(old, new)


def test_a_stamp_keeps_windows_line_ends() -> None:
    page = b"---\r\ntitle: x\r\n---\r\nbody\r\n"
    assert (
        stamped(page, "a" * 10)
        == b'---\r\ntitle: x\r\nl10n: {source: "aaaaaaaaaa"}\r\n---\r\nbody\r\n'
    )


def test_without_front_matter_nothing_is_stamped() -> None:
    assert stamped(b"text\n---\nmore\n", "a" * 10) == b"text\n---\nmore\n"


def test_the_digest_sees_words_and_not_the_way_they_are_saved() -> None:
    assert digest_of("é a\nb\n") == digest_of("\ufeffe\u0301 a  \r\nb\r\n\r\n")
    assert digest_of("a\nb") != digest_of("a\n\nb")


def test_the_content_hash_names_every_byte_and_path(tmp_path: Path) -> None:
    one = read_course(make_course_folder(tmp_path / "1"))
    same = read_course(make_course_folder(tmp_path / "2"))
    other = read_course(make_course_folder(tmp_path / "3", pass_mark="71"))
    photo = {"media/photo.png": make_photo(40, 40)}
    more = read_course(make_course_folder(tmp_path / "4", files=photo))
    assert one.content_hash == same.content_hash
    assert len({one.content_hash, other.content_hash, more.content_hash}) == 3


MARKS = """---
::: quiz
:::
## Q {#q points=1}
1. [x] a {#a}
   > b
- c :: d {#e}
[[1±2]] [[term:x]] {{ y }}
![](z.svg)
|a|
|-|
> [!TIP]
"""


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(MARKS.splitlines(keepends=True)) | st.text(max_size=12), max_size=25),
    st.booleans(),
)
def test_any_text_at_all_is_read_and_rendered(pieces: list[str], with_front: bool) -> None:
    data = ((FRONT if with_front else "") + "".join(pieces)).encode("utf-8", "surrogatepass")
    files = {"course.yaml": course_yaml().encode(), "01-a.fr.md": data, "test.fr.md": data}
    course = read_files("c", files)
    render_course(course, library())
    lines = data.count(b"\n") + data.count(b"\r") + 2
    assert all(1 <= problem.line <= lines for problem in course.problems if ".md" in problem.path)


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet="abc:{}[]&*!|>-'\"# \n\t,?%@`1.", max_size=80)
    | st.binary(max_size=60).map(repr)
)
def test_any_course_yaml_is_read(text: str) -> None:
    course = read_files("c", {"course.yaml": text.encode()})
    assert course.problems


def test_the_builder_writes_what_it_was_told(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path, "other", files={"index.en.md": None}, status="draft")
    write(folder / "02-more/01-new.fr.md", WEIGH_FR)
    course = read_course(folder)
    assert course.facts.status == "draft"
    assert list(course.pages) == ["fr"]
    assert course.lessons[-1].id == "new"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_examples_of_the_guide_are_right(tmp_path: Path, language: str) -> None:
    guide = (HOME / "README.md").read_text(encoding="utf-8")
    half = guide.split("\n# Writing a course for Relais\n")[language == "en"]
    facts = half.partition("```yaml\n")[2].partition("```")[0]
    lesson, quiz = (part.partition("\n```\n")[0] for part in half.split("```markdown\n")[1:3])
    files = {
        "course.yaml": facts.replace("[fr, en]", f"[{language}]"),
        f"index.{language}.md": INDEX_FR if language == "fr" else INDEX_EN,
        f"01-threats/index.{language}.md": MODULE_FR,
        f"01-threats/01-phishing.{language}.md": f"{lesson}\n\n{quiz}\n",
        f"media/screen.{language}.svg": DRAWING,
    }
    for path, content in files.items():
        write(tmp_path / "guide" / path, content)
    found = [str(problem) for problem in check_course(tmp_path / "guide")]
    assert all("course.yaml" in one and ("minutes" in one or "test" in one) for one in found), found
