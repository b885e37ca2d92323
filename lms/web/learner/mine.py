"""What is mine: where I was, my record, my certificates."""

from typing import Any

from flask_babel import gettext as _

from lms.certificates.queries import certificates_of
from lms.courses import queries as courses
from lms.learning.declared.queries import declared_by
from lms.learning.queries import completions_of, progress_of
from lms.learning.rules import Progress, next_step
from lms.people import queries as people
from lms.people.assistance.queries import minutes_received
from lms.reports.words import help_in_words
from lms.web import shelf
from lms.web.certificate_paper import certificate_held_by, on_paper
from lms.web.desk import at_the_desk, go
from lms.web.language import current_language
from lms.web.learner.asked import asked_lines
from lms.web.learner.desk import desk
from lms.web.learner.pages import (
    CertificatesPage,
    CourseLine,
    Link,
    MyLearningPage,
    RecordLine,
    RecordPage,
)
from lms.web.learner.reading import url_of
from lms.web.outline import outline
from lms.web.pages import show
from lms.web.standing import this_device
from lms.workshops.queries import attended_by


@desk.get("/my-learning")
def my_learning() -> Any:
    """Where I was, what I have begun, what I have finished, what else there is."""
    somebody = at_the_desk()
    mine = sorted(progress_of(somebody.person).values(), key=lambda p: p.last_at, reverse=True)
    lines = [_course_line(progress) for progress in mine]
    begun = [line for line in lines if not line.completed]
    asked = asked_lines(somebody.person)
    known = {progress.course for progress in mine} | {line.slug for line in asked}
    page = MyLearningPage(
        name=somebody.name,
        asked=asked,
        current=begun[0] if begun else None,
        begun=tuple(begun[1:]),
        completed=tuple(line for line in lines if line.completed),
        others=tuple(card for card in shelf.cards(current_language()) if card.slug not in known),
    )
    return show("learner/my_learning.html", page)


def _course_line(progress: Progress) -> CourseLine:
    edition = courses.edition_of(progress.edition)
    text = shelf.text_of(edition.hash, current_language())
    step = next_step(progress, edition)
    lesson = text.lesson(step.lesson) if step.lesson else None
    title = lesson.title if lesson else text.test.title if text.test else text.title
    return CourseLine(
        slug=edition.slug,
        title=text.title,
        summary=text.summary,
        done=len(progress.lessons_done),
        total=progress.lessons_required,
        passed=progress.passed_attempt is not None,
        has_test=edition.test is not None,
        completed=step.kind == "done",
        next=Link(title, url_of(step, edition.slug)),
        last_at=progress.last_at,
    )


@desk.get("/my-record")
def my_record() -> Any:
    """Everything this site knows that I learned."""
    person = people.current_person(at_the_desk().person)
    dates = {done.course: done.completed_on for done in completions_of(person.id)}
    lines = [
        _record_line(progress, dates.get(course))
        for course, progress in sorted(progress_of(person.id).items())
    ]
    page = RecordPage(
        name=person.name,
        number=person.number,
        lines=tuple(lines),
        workshops=tuple(
            (each.plan.title, each.first_day if each.sittings else None)
            for each in attended_by(person.id)
        ),
        trainings=tuple((each.title, each.on) for each in declared_by([person.id])),
        helped=minutes_received(person.id),
    )
    return show("learner/my_record.html", page)


def _record_line(progress: Progress, completed_on: Any) -> RecordLine:
    edition = courses.edition_of(progress.edition)
    text = shelf.text_of(edition.hash, current_language())
    submitted = [attempt for attempt in progress.attempts if attempt.submitted_at]
    return RecordLine(
        title=text.title,
        slug=edition.slug,
        started_at=progress.started_at,
        completed_on=completed_on,
        help=help_in_words(progress.help, _),
        percent=max((attempt.percent for attempt in submitted), default=None),
        minutes=progress.seconds // 60,
        attempts=len(submitted),
        modules=outline(edition, text, progress, next_step(progress, edition)),
        done=len(progress.lessons_done),
        total=progress.lessons_required,
    )


@desk.get("/my-certificates")
def my_certificates() -> Any:
    """My certificates."""
    held = certificates_of(at_the_desk().person)
    return show("learner/my_certificates.html", CertificatesPage(held))


@desk.get("/my-certificates/<serial>.pdf")
def certificate_paper(serial: str) -> Any:
    """A certificate to print: in French, in English, or in both (`?in=`). At a kiosk it would stay
    open for the next person: there the helper prints it."""
    somebody = at_the_desk()
    if this_device():
        return go("learner.my_certificates")
    certificate = certificate_held_by(somebody.person, serial)
    return on_paper(certificate, name=somebody.name, demo=somebody.demo)
