"""Whoever reads little hears at a kiosk what stands there: every screen, every answer of the site,
and nothing else."""

import re

import pytest
from bs4 import Tag
from flask import Flask

from lms.base.clock import now
from lms.base.language import LANGUAGES
from lms.demo.learners import right_answer
from lms.people.cards.actions import make_pin_code
from lms.web.kiosk_words import MESSAGES, SCREENS, WITHOUT_FIGURES, refusals_met_here
from tests.builders import make_person
from tests.builders_assistance import helper_joins, make_helper, press_in_band
from tests.builders_audio import record_everything, speak_screens
from tests.builders_kiosk import PIN, at_kiosk, begin, make_device, make_holder
from tests.flows.test_learning_a_course import as_fields, key_on
from tests.visitor import Seen, TestVisitor, said


class Listener:
    """A kiosk, and what was heard on its pages."""

    def __init__(self, kiosk: TestVisitor, told: dict[str, tuple[str, ...]], language: str) -> None:
        self.kiosk = kiosk
        self.told = told
        self.language = language
        self.heard: set[str] = set()

    def hears(self, page: Seen, *, at_least: int = 1) -> Seen:
        """Everything that the page offers to hear stands on it."""
        shown = plain(page.text)
        offered = [name_of(each) for each in page.soup.select("main audio, dialog audio")]
        names = list(dict.fromkeys(offered))
        in_main = {name_of(each) for each in page.soup.select("main audio")}
        assert len(in_main) >= at_least, f"nothing to hear: {page.main[:300]}"
        for name in names:
            for text in self.told[name]:
                self.heard.add(text)
                if not self._names_a_figure(text, shown):
                    assert plain(text) in shown, f"“{text}” is said but not shown: {shown[:900]}"
        return page

    def _names_a_figure(self, text: str, shown: str) -> bool:
        """Whether the page says the same with a figure in it."""
        if text == said(self.language, SCREENS["not-all-answered"]["lead"].text):
            return bool(re.search(r"\d+ questions", shown))
        for before, after in FIGURES.items():
            if said(self.language, after) == text:
                words = re.split(r"%\(\w+\)s", said(self.language, before))
                return all(plain(each) in shown for each in words)
        return False


FIGURES = {
    **{shown: spoken.text for shown, spoken in WITHOUT_FIGURES.items()},
    "Read below what to look at again. You can try once more after a pause of %(minutes)s "
    "minutes.": SCREENS["not-passed"]["lead"].text,
    "A helper of %(office)s can read to you, or type what you say. You stay the one who "
    "learns.": SCREENS["with-helper"]["lead"].text,
}


def plain(text: str) -> str:
    """Words alone: spaces and the signs between them differ between a page and its parts, and
    for the gap that a page shows the voice has a word."""
    text = re.sub("missing word|mot qui manque", "", text)
    return " ".join(re.sub(r"[^\w’'%]+", " ", text).split())


def name_of(audio: Tag) -> str:
    """The recording's name."""
    return str(audio["src"]).partition("#")[0].rpartition("/")[2]


@pytest.fixture(params=LANGUAGES)
def listener(
    request: pytest.FixtureRequest, app: Flask, tree: dict[str, str], course: str
) -> Listener:
    """At a kiosk in Abidjan, in each language."""
    told = record_everything(app, course, request.param)
    return Listener(at_kiosk(app, tree["CI-OP-ABJ-01"]), told, request.param)


def test_every_screen_before_signing_in_and_every_mistake_is_heard(
    listener: Listener, tree: dict[str, str]
) -> None:
    kiosk, hears = listener.kiosk, listener.hears
    office, base = tree["CI-OP-ABJ-01"], f"/{listener.language}/kiosk"
    _person, number = make_holder(office, make_device(office, label="Other"))
    new = make_person(office=office, birth_year=1987)
    hears(kiosk.get(f"{base}/"))
    for path in ("choices", "help"):
        hears(kiosk.get(f"{base}/{path}"))

    page = hears(kiosk.get(f"{base}/card"))
    for typed in ("", "123"):
        hears(kiosk.send(page, "card", number=typed, status=400), at_least=2)
    page = hears(kiosk.send(page, "card", number=number))
    for typed in ("", "902107", "902108", "902109", "902110", "902111"):
        hears(kiosk.send(page, "pin", pin=typed, status=400), at_least=2)

    page = hears(kiosk.get(f"{base}/new"))
    for typed in ("", "999999"):
        hears(kiosk.send(page, "new", code=typed, status=400), at_least=2)
    code = make_pin_code(person=new, organisation=office, at=now())
    page = hears(kiosk.send(page, "new", code=code))
    for typed in ("", "123", "123456"):
        hears(kiosk.send(page, "pin", pin=typed, status=400), at_least=2)
    page = hears(kiosk.send(page, "pin", pin=PIN))
    page = hears(kiosk.send(page, "pin", pin="481517", status=400), at_least=2)
    page = kiosk.send(kiosk.send(page, "pin", pin=PIN), "pin", pin=PIN)
    assert said(listener.language, MESSAGES["pin-chosen"].text) in page.main
    hears(page)


def test_guessing_too_often_is_said_without_the_minutes(listener: Listener) -> None:
    page = listener.kiosk.get(f"/{listener.language}/kiosk/new")
    for guess in range(10):
        listener.kiosk.send(page, "new", code=f"{guess:06}", status=400)

    page = listener.hears(listener.kiosk.send(page, "new", code="999999", status=429), at_least=2)

    assert re.search(r"\d", page.soup.select_one(".error-summary").get_text())  # type: ignore[union-attr]


def test_who_looks_around_hears_the_courses_the_lessons_and_why(
    listener: Listener, course: str
) -> None:
    kiosk, hears = listener.kiosk, listener.hears
    base = f"/{listener.language}/kiosk"
    hears(kiosk.send(kiosk.get(f"{base}/choices"), "look"), at_least=2)
    hears(kiosk.get(f"{base}/look/{course}"))
    kiosk.get(f"{base}/look/{course}/weigh")
    url = f"{base}/look/{course}/weigh/weigh-first"
    asked = hears(kiosk.get(url))
    hears(kiosk.send(asked, "weigh-first", answer=None, status=400), at_least=2)

    for option, outcome in (("scale", "Right"), ("price", "Not right")):
        page = kiosk.send(asked, "weigh-first", answer=option)
        assert heard_first(page, listener) == said(listener.language, outcome)


def heard_first(page: Seen, listener: Listener) -> str:
    """The words of the first part that is heard."""
    return parts_heard(page, listener)[0]


def parts_heard(page: Seen, listener: Listener) -> list[str]:
    """The words of the parts that are heard, in order; each stands on the page."""
    box = page.soup.select_one("main [data-parts]")
    assert box is not None
    [name] = {name_of(each) for each in box.select("audio")}
    every = listener.told[name]
    step = 90 / len(every)
    marks = [mark.rpartition(":")[2].split("-") for mark in str(box["data-parts"]).split(" ")]
    found = [every[round(float(begins) / step)] for begins, _ends in marks]
    for text in found:
        assert plain(text) in plain(page.main), text
    return found


def test_choices_are_heard_in_the_order_of_the_page(
    app: Flask, listener: Listener, tree: dict[str, str], course: str
) -> None:
    office = tree["CI-OP-ABJ-01"]
    url = f"/{listener.language}/courses/{course}/weigh/questions/weigh-first"
    orders = set()
    for _person in range(6):
        kiosk = at_kiosk(app, office)
        _awa, number = make_holder(office, make_device(office, label="Other"))
        page = begin(kiosk, number, language=listener.language).get(url)
        shown = [plain(each.get_text(" ")) for each in page.soup.select(".choice label")]
        heard = [plain(each) for each in parts_heard(page, listener)]
        assert heard[-len(shown) :] == shown
        orders.add(tuple(shown))
        without_script = page.soup.select("noscript audio")
        if without_script:
            assert [plain(str(each["aria-label"])) for each in without_script][
                : len(heard)
            ] == heard
    assert len(orders) > 1, "the order differs between people"


def test_a_learner_hears_the_way_through_a_course_to_the_result(
    listener: Listener, tree: dict[str, str], course: str
) -> None:
    kiosk, hears, language = listener.kiosk, listener.hears, listener.language
    office = tree["CI-OP-ABJ-01"]
    make_helper(office)
    _awa, number = make_holder(office, make_device(office, label="Other"))
    hears(begin(kiosk, number, language=language).get(f"/{language}/my-learning"))
    hears(kiosk.get(f"/{language}/assistance/"))
    helper_joins(kiosk, language)
    hears(press_in_band(kiosk, kiosk.get(f"/{language}/my-learning"), "/leave"))

    page = kiosk.send(hears(kiosk.get(f"/{language}/courses/{course}")), "/start")
    hears(kiosk.get(f"/{language}/my-learning"))
    while "/tests/" not in page.response.request.path:
        if page.soup.select_one("form section.question"):
            hears(page)
            page = kiosk.send(page, **as_fields(right_answer(key_on(page, course))))
        elif page.soup.select_one(".feedback"):
            parts_heard(page, listener)
            page = kiosk.get(str(page.soup.select_one(".buttons a.button-start")["href"]))  # type: ignore[index]
        else:
            page = kiosk.send(page, "/courses/")
    page = kiosk.send(hears(page, at_least=2), "/tests/")
    hears(kiosk.get(page.response.request.path.rsplit("/", 1)[0] + "/review"))
    while page.soup.select_one("form section.question"):
        hears(page)
        page = kiosk.send(page, **as_fields(right_answer(key_on(page, course))))
    page = kiosk.send(hears(page), "/review")
    assert len(page.soup.select("main [data-listen]")) > 1, "the result, and each question"
    assert (
        said(language, SCREENS["passed-certificate"]["title"].text)
        in listener.told[name_of(page.soup.select("main audio")[0])]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_with_a_figure_is_said_without_it(app: Flask, language: str) -> None:
    with_figures = {each.text for each in refusals_met_here() if "%(" in each.text}

    assert with_figures == set(WITHOUT_FIGURES)
    for spoken in WITHOUT_FIGURES.values():
        assert "%" not in said(language, spoken.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_recordings_a_kiosk_says_nothing_of_them(
    app: Flask, tree: dict[str, str], language: str
) -> None:
    kiosk = at_kiosk(app, tree["CI-OP-ABJ-01"])
    page = kiosk.send(kiosk.get(f"/{language}/kiosk/card"), number="", status=400)
    assert not page.soup.select("audio, [data-listen]") and "listen.js" not in page.html

    speak_screens(app)
    assert page.soup.select("audio") != kiosk.get(f"/{language}/kiosk/card").soup.select("audio")
