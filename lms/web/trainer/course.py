"""Gathers what a trainer sees of one course."""

from typing import Final

from flask import url_for

from lms.base.clock import from_text
from lms.base.language import Sentence
from lms.courses import queries as courses
from lms.courses.rules import Edition
from lms.learning.queries import Overview, overviews_in_course
from lms.people import queries as people
from lms.people.queries.assignments import further_offices
from lms.people.rules import Person
from lms.web.desk import at_the_desk, say
from lms.web.how_far import how_far
from lms.web.language import current_language
from lms.web.paging import page_asked, sheet_of
from lms.web.tickets import new_ticket
from lms.web.trainer.folders import current_folder, problems_of
from lms.web.trainer.forms import PublishForm
from lms.web.trainer.listing import state_of
from lms.web.trainer.pages import CoursePage, EditionLine, LearnerLine, ProblemLine

ON_A_PAGE: Final = 50


def course_page(
    slug: str, form: PublishForm | None = None, refused: Sentence | None = None
) -> CoursePage:
    """One course; a publication that was refused is shown again with what was typed."""
    folder, edition = current_folder(slug), courses.find_current_edition(slug)
    followed = _learners_of_mine(slug)
    number = page_asked()
    return CoursePage(
        slug=slug,
        title=folder.title(current_language()),
        hash=folder.hash,
        languages=folder.languages,
        state=state_of(folder, edition),
        problems_found=_problems(slug),
        errors=folder.errors,
        editions=tuple(_edition(each) for each in courses.editions_of(slug)),
        learners=_lines(followed[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]),
        learners_total=len(followed),
        pages=sheet_of(
            "trainer.open_course",
            number,
            len(followed),
            ON_A_PAGE,
            slug=slug,
            _anchor="learners",
        ),
        form=form or PublishForm(formdata=None),
        ticket=new_ticket("publish", slug),
        refused=say(refused) if refused else "",
    )


def _problems(slug: str) -> tuple[ProblemLine, ...]:
    return tuple(
        ProblemLine(each.path, each.line, say(each.sentence), each.severity)
        for each in problems_of(slug)
    )


def _edition(edition: Edition) -> EditionLine:
    return EditionLine(
        number=edition.number,
        hash=edition.hash,
        published_at=edition.published_at,
        note=edition.note,
        on_offer=courses.is_on_offer(edition.hash),
        export_url=url_for("trainer.export_edition", slug=edition.slug, edition=edition.hash),
    )


def _learners_of_mine(slug: str) -> list[tuple[Overview, Person, str]]:
    paths = at_the_desk().paths_as("trainer")
    offices = {o.id: o.name(current_language()) for o in people.organisations_in(paths)}
    lines = overviews_in_course(slug)
    persons = people.people_with_ids([line.learner for line in lines])
    away = {id for id, person in persons.items() if person.office not in offices}
    here = {id: person.office for id, person in persons.items()} | further_offices(away, paths)
    return [
        (line, persons[line.learner], offices[here[line.learner]])
        for line in lines
        if here.get(line.learner) in offices
    ]


def _lines(found: list[tuple[Overview, Person, str]]) -> tuple[LearnerLine, ...]:
    return tuple(
        LearnerLine(
            name=f"{person.family_name} {person.given_name}".strip(),
            number=person.number,
            office=office,
            state=how_far(line),
            done=line.lessons_done,
            required=line.lessons_required,
            completed=line.completed,
            last_on=from_text(line.last_at).date(),
        )
        for line, person, office in found
    )
