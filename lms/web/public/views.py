"""For everybody: home, catalogue, course page, glossary, help, verifying a certificate."""

from typing import Any, Final

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from lms.certificates.queries import certificates_of, find_certificate, help_behind
from lms.certificates.rules import State
from lms.courses import queries as courses
from lms.courses.rules import CourseCard, Edition
from lms.learning.queries import find_progress, progress_of
from lms.learning.rules import Progress, Step, next_step
from lms.people import queries as people
from lms.people.rules import fold_text
from lms.reports.words import help_in_words
from lms.web import shelf
from lms.web.desk import EVERYBODY, Desk, go
from lms.web.language import current_language, preferred_language
from lms.web.listening import wish
from lms.web.outline import outline
from lms.web.pages import show
from lms.web.public.pages import (
    CardPage,
    CataloguePage,
    CoursePage,
    GlossaryPage,
    HomePage,
    VerifyPage,
)
from lms.web.tickets import new_ticket
from lms.web.visitor import visitor

desk = Desk("public", __name__, admits=(EVERYBODY,))
root = Blueprint("root", __name__)

SHORT_COURSE: Final = 60
A_YEAR: Final = "public, max-age=31536000, immutable"


@root.get("/")
def begin() -> Any:
    """To the reader's language."""
    somebody = visitor()
    language = preferred_language(somebody.language if somebody else None)
    response = redirect(url_for("public.home", language=language), 302)
    response.vary.update(("Accept-Language", "Cookie"))
    return response


@root.get("/verify/<serial>")
def verify_anywhere(serial: str) -> Any:
    """The address on the paper: it says no language, so the reader's own is taken."""
    return redirect(url_for("public.verify", serial=serial, language=preferred_language()), 302)


@root.get("/media/<name>")
def media(name: str) -> Any:
    """A picture or a recording, named by its content. Of a recording the browser may ask for a
    piece: where a listener jumps to, or what was missing when the line broke."""
    found = courses.find_media(name)
    if found is None:
        abort(404)
    response = Response(found.data, mimetype=found.media_type)
    response.set_etag(name.partition(".")[0])
    response.make_conditional(
        request,
        accept_ranges=found.media_type.startswith("audio/"),
        complete_length=len(found.data),
    )
    response.headers["Cache-Control"] = A_YEAR
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    return response


@desk.get("/")
def home() -> Any:
    """The front page."""
    return show("public/home.html", HomePage(tuple(_cards(shelf.cards(current_language())))))


@desk.get("/courses")
def catalogue() -> Any:
    """Courses, filtered by audience, language, minutes and words."""
    search, audience = request.args.get("q", "").strip()[:100], request.args.get("audience", "")
    language, minutes = request.args.get("in", ""), request.args.get("minutes", "")
    found = [
        card
        for card in shelf.cards(current_language())
        if _fits(card, search, audience, language, minutes)
    ]
    page = CataloguePage(
        tuple(_cards(found)),
        search,
        audience,
        language,
        minutes,
        bool(search or audience or language or minutes),
    )
    return show("public/catalogue.html", page)


def _fits(card: CourseCard, search: str, audience: str, language: str, minutes: str) -> bool:
    words = fold_text(f"{card.title} {card.summary} {card.audience_sentence}")
    short = card.edition.minutes <= SHORT_COURSE
    return (
        all(word in words for word in fold_text(search).split())
        and (not audience or audience in card.edition.audience)
        and (not language or language in card.edition.languages)
        and (not minutes or short == (minutes == "short"))
    )


def _cards(cards: Any) -> list[CardPage]:
    somebody = visitor()
    begun = progress_of(somebody.person) if somebody else {}
    return [_card(card, begun.get(card.slug)) for card in cards]


def _card(card: CourseCard, progress: Progress | None) -> CardPage:
    if progress is None:
        return CardPage(card, None, False)
    step = next_step(progress, courses.edition_of(progress.edition))
    return CardPage(card, len(progress.lessons_done), step.kind == "done")


@desk.get("/courses/<slug>")
def course(slug: str) -> Any:
    """One course: what it is for, its lessons, and what comes next for the visitor."""
    current = courses.current_edition(slug)
    somebody = visitor()
    progress = find_progress(somebody.person, slug) if somebody else None
    edition = courses.edition_of(progress.edition) if progress else current
    text = shelf.text_of(edition.hash, current_language())
    step = next_step(progress, edition)
    page = CoursePage(
        edition=edition,
        text=text,
        modules=outline(edition, text, progress, step),
        progress=progress,
        step=step,
        step_title=_step_title(step, text),
        ticket=new_ticket("start", slug, edition.hash) if somebody else "",
        certificate=_certificate(somebody.person, slug) if somebody and step.kind == "done" else "",
        newer_edition=edition.number < current.number,
        better_after=_better_after(edition),
    )
    return show("public/course.html", page)


def _better_after(edition: Edition) -> tuple[tuple[str, str], ...]:
    cards = shelf.cards(current_language()) if edition.prerequisites else ()
    return tuple((c.title, c.slug) for c in cards if c.edition.course_id in edition.prerequisites)


def _step_title(step: Step, text: Any) -> str:
    if step.lesson:
        lesson = text.lesson(step.lesson)
        return lesson.title if lesson else ""
    return text.test.title if step.kind == "test" and text.test else ""


def _certificate(person: str, slug: str) -> str:
    held = [c for c in certificates_of(person) if c.course == slug and c.state is State.VALID]
    return held[0].serial if held else ""


@desk.get("/glossary")
def glossary() -> Any:
    """Postal and digital words in both languages."""
    language = current_language()
    terms = sorted(courses.glossary(), key=lambda term: fold_text(term.name(language)))
    return show("public/glossary.html", GlossaryPage(tuple(terms)))


@desk.get("/help")
def help_page() -> Any:
    """How the site works, and whom to ask."""
    return show("public/help.html")


@desk.post("/read-aloud")
def choose_read_aloud() -> Any:
    """Whether this browser offers to read aloud in every course. Kept in the browser alone."""
    on = request.form.get("on") == "1"
    flash(
        _("From now on every course can be listened to, where it was recorded.")
        if on
        else _("Courses for everybody can still be listened to; the others no longer say it."),
        "success",
    )
    response = go("public.help_page")
    wish(response, on=on)
    return response


@desk.get("/your-data")
def privacy() -> Any:
    """What is kept about a person, why, and for how long."""
    return show("public/privacy.html")


@desk.get("/verify")
def verify_form() -> Any:
    """Where to type the number of a certificate."""
    typed = request.args.get("serial", "").strip()
    if typed:
        return redirect(url_for("public.verify", serial=typed[:60]), 303)
    return show("public/verify.html", VerifyPage("", False, None, "", ""))


@desk.get("/verify/<serial>")
def verify(serial: str) -> Any:
    """Whether a certificate holds: valid, revoked, expired or unknown."""
    certificate = find_certificate(serial)
    person = people.find_person(certificate.learner) if certificate else None
    helped = help_behind(certificate) if certificate else ""
    page = VerifyPage(
        typed=serial,
        asked=True,
        certificate=certificate,
        name=person.name if person else _("The holder asked for their name to be removed"),
        title=certificate.title(current_language()) if certificate else "",
        help=help_in_words(helped, _) if helped else "",
    )
    return show("public/verify.html", page, 200 if certificate else 404)
