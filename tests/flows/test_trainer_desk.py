"""A trainer checks, previews, publishes and compares a course, without script."""

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lms.base.clock import now
from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.courses.queries import current_edition, editions_of
from lms.learning.actions import finish_lesson, start_course
from lms.record.queries import count_in_quarantine, count_of_events
from lms.settings import Settings
from tests.builders import make_person
from tests.builders_courses import change, make_course_folder
from tests.visitor import Seen, TestVisitor

SignIn = Callable[..., TestVisitor]
DESK = "/en/trainer/courses"
COURSE = f"{DESK}/small-parcels"
LESSON = f"{COURSE}/preview/lessons/weigh"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a small bilingual course."""
    return make_course_folder(tmp_path / "courses")


@pytest.fixture
def settings(prepared: Path, tmp_path: Path, folder: Path) -> Settings:
    """A server whose course folders are the test's own."""
    instance = tmp_path / "instance"
    shutil.copytree(prepared, instance)
    return Settings(instance_dir=instance, demo=False, courses_dir=folder.parent)


@pytest.fixture
def adjoa(sign_in: SignIn) -> TestVisitor:
    """A trainer of an operator."""
    return sign_in("trainer", given_name="Adjoa", family_name="Mensah")


def publish(browser: TestVisitor, note: str = "First edition", *, status: int = 200) -> Seen:
    return browser.send(browser.get(COURSE), "publish", note=note, status=status)


def begin(person: str) -> None:
    edition = current_edition("small-parcels")
    given: dict[str, Any] = {"learner": person, "course": "small-parcels", "edition": edition.hash}
    with writing():
        start_course(**given, language="fr", event_id=new_id(), at=now())
        for lesson in edition.lesson_ids:
            finish_lesson(
                **given, language="fr", lesson=lesson, seconds=60, event_id=new_id(), at=now()
            )
    db.session.rollback()


def test_a_folder_that_is_ready_says_so(adjoa: TestVisitor) -> None:
    page = adjoa.get(DESK)

    assert "Small parcels Not published yet Ready to publish 0 0" in page.main


def test_adjoa_publishes_and_the_message_names_the_edition(adjoa: TestVisitor) -> None:
    page = publish(adjoa)

    assert "Edition 1 is published." in page.main
    assert "First edition" in page.main
    assert current_edition("small-parcels").number == 1
    assert "Small parcels Edition 1 Published" in adjoa.get(DESK).main


def test_the_same_form_sent_twice_is_one_edition(adjoa: TestVisitor) -> None:
    form = adjoa.get(COURSE)
    adjoa.send(form, "publish", note="First edition")
    before = count_of_events()

    page = adjoa.send(form, "publish", note="First edition")

    assert "Edition 1 is published." in page.main
    assert count_of_events() == before
    assert count_in_quarantine() == 0


def test_a_note_is_asked_for_and_nothing_is_published_without(adjoa: TestVisitor) -> None:
    page = publish(adjoa, "", status=400)

    assert page.title.startswith("Error: ")
    assert "Say in one sentence what is new" in page.main
    assert not editions_of("small-parcels")


def test_problems_are_listed_with_file_and_line_and_prevent_publishing(
    adjoa: TestVisitor, folder: Path
) -> None:
    form = adjoa.get(COURSE)
    change(folder / "test.fr.md", "[x] Oui 1", "[ ] Oui 1")

    page = adjoa.get(COURSE)

    assert "prevents publishing" in page.main or "prevent publishing" in page.main
    assert "test.fr.md:" in page.main
    assert not page.soup.find("form", action=lambda url: url and "publish" in url)
    refused = adjoa.send(form, "publish", note="In a hurry", status=400)
    assert "The folder has changed since you opened this page" in refused.main
    assert not editions_of("small-parcels")


def test_a_changed_folder_is_not_what_learners_have(adjoa: TestVisitor, folder: Path) -> None:
    publish(adjoa)

    change(folder / "index.en.md", "Welcome", "A warm welcome")

    assert "Changed, not published since" in adjoa.get(DESK).main


def test_two_editions_are_compared_line_by_line(adjoa: TestVisitor, folder: Path) -> None:
    publish(adjoa)
    change(folder / "index.en.md", "Welcome", "A warm welcome")
    publish(adjoa, "Warmer")

    page = adjoa.get(adjoa.get(COURSE).link("Compare two editions"))

    assert "1 file differs." in page.main
    assert [each.get_text() for each in page.soup.select("ins")] == [
        "+A warm welcome to this course of {{ operator_name }}."
    ]
    assert page.soup.select("del")[0].get_text().startswith("-Welcome")
    assert "From line" in page.main
    assert "@@" not in page.main


def test_an_edition_comes_back_as_its_folder(adjoa: TestVisitor, folder: Path) -> None:
    publish(adjoa)
    url = adjoa.get(COURSE).link("Download the folder")

    answer = adjoa.get(url).response

    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert kept == {path.relative_to(folder.parent).as_posix(): path.read_bytes() for path in files}


def test_the_preview_shows_lessons_questions_and_keys(adjoa: TestVisitor) -> None:
    page = adjoa.get(LESSON)

    assert page.soup.h1 is not None
    assert page.soup.h1.get_text() == "Weigh a parcel"
    assert "After this lesson you will be able to" in page.main
    assert "What do you do first?" in page.main
    assert "For the trainer: the key" in page.main
    assert "Yes: the weight gives the price." in page.main
    assert "The right answer is: 2" in page.main


def test_preview_links_stay_in_the_preview_and_pictures_are_served(adjoa: TestVisitor) -> None:
    page = adjoa.get(LESSON)

    assert page.link("the next lesson") == f"{COURSE}/preview/lessons/declare"
    picture = adjoa.get(str(page.soup.select("main .reading img")[0]["src"])).response
    assert picture.mimetype == "image/svg+xml"
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    adjoa.get(f"{COURSE}/preview/media/none.svg", status=404)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_preview_page_opens_in_each_language(adjoa: TestVisitor, language: str) -> None:
    course = f"/{language}/trainer/courses/small-parcels"

    for page in ("", "/preview", "/preview/lessons/declare", "/preview/test"):
        adjoa.get(f"{course}{page}")
    both = adjoa.get(f"{course}/preview/lessons/weigh?side=by-side")
    assert {"Peser un colis", "Weigh a parcel"} <= {each.get_text() for each in both.soup(["p"])}
    assert {each["lang"] for each in both.soup.select(".two > section")} == {"fr", "en"}
    adjoa.get(f"{course}/preview/test?side=by-side")


def test_a_stale_and_a_missing_translation_are_marked(adjoa: TestVisitor, folder: Path) -> None:
    change(folder / "01-counter" / "01-weigh.fr.md", "Awa pose", "Awa met")
    (folder / "01-counter" / "02-declare.en.md").unlink()

    assert "Translation out of date" in adjoa.get(LESSON).main
    assert "Translation missing" in adjoa.get(f"{COURSE}/preview/lessons/declare").main
    both = adjoa.get(f"{COURSE}/preview/lessons/declare?side=by-side")
    assert both.main.count("Translation missing") == 1
    assert both.main.count("Remplir la déclaration") >= 2
    assert "Translation missing" in adjoa.get(f"{COURSE}/preview").main


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("course.yaml", "id: ["),
        ("01-counter/01-weigh.fr.md", "---\ntitle: [\n---\n::: quiz\n## ?\n1. [x] a\n"),
        ("index.fr.md", ""),
        ("test.fr.md", "::: quiz"),
    ],
)
def test_a_broken_folder_can_still_be_looked_at(
    adjoa: TestVisitor, folder: Path, path: str, content: str
) -> None:
    (folder / path).write_text(content, encoding="utf-8")

    assert path in adjoa.get(COURSE).main
    for page in ("/preview", "/preview/lessons/weigh", "/preview/test?side=by-side"):
        adjoa.get(COURSE + page)


def test_an_empty_folder_is_listed_with_its_name(adjoa: TestVisitor, folder: Path) -> None:
    (folder.parent / "new-course").mkdir()

    assert "new-course" in adjoa.get(DESK).main
    adjoa.get(f"{DESK}/new-course")
    adjoa.get(f"{DESK}/new-course/preview")


def test_adjoa_sees_where_her_learners_are_and_nobody_else(
    adjoa: TestVisitor, tree: dict[str, str]
) -> None:
    publish(adjoa)
    begin(make_person(office=tree["CI-OP-ABJ-01"], given_name="Koffi", family_name="Yao"))
    begin(make_person(office=tree["KE-OP-NBO-01"], given_name="Otieno", family_name="Were"))

    page = adjoa.get(COURSE)

    assert "1 learner in your offices" in page.main
    assert "Yao Koffi" in page.main
    assert "0 lessons of 2; the test remains" in page.main
    assert "Were" not in page.main
    assert "Small parcels Edition 1 Published 2 0" in adjoa.get(DESK).main


@pytest.mark.parametrize(
    "path",
    ["/none", "/none/preview", "/small-parcels/preview/lessons/none", "/..%2Fsmall-parcels"],
)
def test_what_is_not_there_is_not_found(adjoa: TestVisitor, path: str) -> None:
    adjoa.get(DESK + path, status=404)


def test_a_learner_may_not_look_at_the_keys(sign_in: SignIn) -> None:
    awa = sign_in("learner")

    for url in (DESK, LESSON, f"{COURSE}/preview/test"):
        assert "the key" not in awa.get(url, status=403).main
