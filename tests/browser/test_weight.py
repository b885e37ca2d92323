"""What a page costs on a slow link, measured as the server sends it."""

from collections.abc import Iterator

import pytest

from lms.certificates.queries import certificates_of
from lms.courses import queries as courses
from tests.browser.people import STAFF_COURSE, Learner, has_learned, newcomer
from tests.browser.serving import Site
from tests.browser.wire import Page, Wire

KB = 1024
FIRST_VIEW = 14 * KB
SCRIPTS = 10 * KB
WHOLE_LESSON = 20 * KB
PICTURE = 30 * KB
CONFIRMATION = 10 * KB
LANGUAGES = ("fr", "en")


@pytest.fixture(scope="module")
def graduate(site: Site) -> Learner:
    """Salif has finished the staff course."""
    salif = newcomer(site, "Salif")
    has_learned(site, salif, STAFF_COURSE, tries=(1.0,))
    return salif


@pytest.fixture(scope="module")
def reader(site: Site, graduate: Learner) -> Iterator[Wire]:
    """Salif, signed in."""
    wire = Wire(site, graduate.login)
    yield wire
    wire.close()


@pytest.fixture(scope="module")
def stranger(site: Site) -> Iterator[Wire]:
    """Nobody in particular."""
    wire = Wire(site)
    yield wire
    wire.close()


def show(pages: list[Page]) -> None:
    """A small table, for `pytest -s`."""
    print(f"\n{'HTML':>7}{'CSS':>7}{'JS':>7}{'other':>7}{'largest picture':>17}  page")
    for page in pages:
        largest = max(page.pictures.values(), default=0)
        print(f"{page.html:>7}{page.css:>7}{page.js:>7}{page.others:>7}{largest:>17}  {page.path}")


def lessons(site: Site) -> list[str]:
    """Addresses of every lesson of every published course, in both languages."""

    def find() -> list[str]:
        return [
            f"/{language}/courses/{card.slug}/{lesson}"
            for language in LANGUAGES
            for card in courses.catalogue(language)
            for lesson in card.edition.lesson_ids
        ]

    return site.ask(find)


def test_the_first_view_of_a_learners_page_fits_into_one_round_trip(
    site: Site, reader: Wire
) -> None:
    question = site.ask(lambda: courses.current_edition(STAFF_COURSE).lessons[0].question_ids[0])
    lesson = site.ask(lambda: courses.current_edition(STAFF_COURSE).lesson_ids[0])
    paths = [
        "my-learning",
        "my-record",
        "my-certificates",
        "account/",
        "courses",
        f"courses/{STAFF_COURSE}",
        f"courses/{STAFF_COURSE}/{lesson}/questions/{question}",
        f"courses/{STAFF_COURSE}/{lesson}/questions/{question}?again=1",
        f"tests/{STAFF_COURSE}",
        "help",
        "your-data",
    ]
    pages = [reader.page(f"/{language}/{path}") for language in LANGUAGES for path in paths]
    pages += [reader.page(path) for path in lessons(site)]
    show(pages)

    too_heavy = {page.path: page.html + page.css for page in pages}

    assert not {path: size for path, size in too_heavy.items() if size > FIRST_VIEW}
    assert all(page.answer.headers["Content-Encoding"] == "br" for page in pages)


def test_public_pages_fit_into_one_round_trip(stranger: Wire) -> None:
    paths = ["", "courses", f"courses/{STAFF_COURSE}", "sign-in", "verify", "help", "glossary"]
    pages = [stranger.page(f"/{language}/{path}") for language in LANGUAGES for path in paths]
    show(pages)

    assert not {p.path: p.html + p.css for p in pages if p.html + p.css > FIRST_VIEW}


def test_scripts_are_small(reader: Wire) -> None:
    page = reader.page("/fr/my-learning")

    assert 0 < page.js <= SCRIPTS


def test_a_lesson_is_light_and_each_of_its_pictures_too(site: Site, reader: Wire) -> None:
    pages = [reader.page(path) for path in lessons(site)]
    totals = {page.path: page.html + page.css + page.js + page.others for page in pages}
    pictures = {path: size for page in pages for path, size in page.pictures.items()}

    assert len(pictures) > 5, "the courses have pictures"
    assert not {path: size for path, size in totals.items() if size > WHOLE_LESSON}
    assert not {path: size for path, size in pictures.items() if size > PICTURE}


@pytest.mark.parametrize("language", LANGUAGES)
def test_confirming_a_certificate_is_light(
    site: Site, stranger: Wire, graduate: Learner, language: str
) -> None:
    serial = site.ask(lambda: certificates_of(graduate.id)[0].serial)

    page = stranger.page(f"/{language}/verify/{serial}")

    assert page.html <= CONFIRMATION


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_seen_before_costs_no_body(site: Site, reader: Wire, language: str) -> None:
    path = next(path for path in lessons(site) if path.startswith(f"/{language}/"))
    first = reader.get(path)

    second = reader.get(path, **{"If-None-Match": first.headers["ETag"]})

    assert first.status_code == 200 and first.content
    assert second.status_code == 304
    assert second.num_bytes_downloaded == 0


def test_static_files_and_pictures_are_kept_for_ever(site: Site, reader: Wire) -> None:
    linked = [path for path in reader.page("/fr/my-learning").linked if "/static/" in path]
    pictures = [path for each in lessons(site) for path in reader.page(each).pictures]
    assert len(linked) >= 4 and pictures

    for path in [*linked, pictures[0]]:
        answer = reader.get(path)
        kept = answer.headers["Cache-Control"]
        assert "immutable" in kept and "max-age=31536000" in kept, f"{path}: {kept}"
        assert "Set-Cookie" not in answer.headers, f"{path} sets a cookie"
