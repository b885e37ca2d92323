"""Gathers what is shown about one person."""

from lms.base.clock import from_text, now
from lms.certificates.queries import certificates_of
from lms.learning.queries import Overview, overviews_of
from lms.people import queries as people
from lms.people.erasures.queries import erasure_of
from lms.people.queries.assignments import is_closed, planned_for
from lms.people.rules import LOOK_AFTER, Person, PersonUnknown
from lms.web.confidences import confided
from lms.web.declared import declared_lines
from lms.web.desk import at_the_desk
from lms.web.how_far import how_far
from lms.web.language import OWN_NAMES, current_language
from lms.web.manager.asked import asked_lines
from lms.web.manager.belonging import places_of, registered_on
from lms.web.manager.first_passwords import first_password
from lms.web.manager.forms import MoveForm, ResetForm
from lms.web.manager.history import story_of
from lms.web.manager.offices import may_reset, offices_to_choose
from lms.web.manager.pages import CourseLine, PersonPage, PlannedLine
from lms.web.people_words import EMPLOYMENT_NAMES, SEX_NAMES
from lms.web.shelf import text_of
from lms.web.tickets import new_ticket


def my_paths() -> tuple[str, ...]:
    """The subtrees whose people the visitor looks after."""
    return at_the_desk().paths_as(*LOOK_AFTER)


def my_place() -> str | None:
    """The organisation whose people the visitor looks after; the highest of several."""
    held = [h for h in at_the_desk().positions if h.position in LOOK_AFTER]
    return min(held, key=lambda h: h.path.count("/")).organisation if held else None


def person_of_mine(person: str) -> Person:
    """A person of my offices; outside them nobody is to be found."""
    found = people.find_person_in(my_paths(), person)
    if found is None:
        raise PersonUnknown
    return found


def is_mine(organisation: str) -> bool:
    """Whether an organisation lies in my subtrees."""
    found = people.find_organisation(organisation)
    return found is not None and any(found.path.startswith(path) for path in my_paths())


def planned_lines(person: Person) -> tuple[PlannedLine, ...]:
    """Where the person will belong, the nearest day first."""
    return tuple(
        PlannedLine(
            event=each.event,
            on=each.on,
            office=_office_name(each.office),
            employment=employment_name(each.employment),
            further=each.further,
            ticket=new_ticket("call-off", person.id, each.event) if is_mine(each.office) else "",
        )
        for each in planned_for(person.id, now().date())
    )


def move_form(person: Person) -> MoveForm:
    """The form that moves the person, as it was sent or as things stand."""
    form = MoveForm(office=person.office, employment=person.employment, on=now().date())
    form.office.choices = offices_to_choose(my_paths(), current_language())
    return form


def person_page(
    person: Person, *, move: MoveForm | None = None, reset: ResetForm | None = None
) -> PersonPage:
    """The page about a person; a form that was refused is shown again."""
    language = current_language()
    return PersonPage(
        person=person,
        confided=confided(person.id),
        places=_places(person, language),
        employment=employment_name(person.employment),
        sex=str(SEX_NAMES.get(person.sex, person.sex)),
        language=OWN_NAMES.get(person.language, person.language),
        registered_on=registered_on(person.id),
        history=places_of(person.id),
        planned=planned_lines(person),
        at_home=is_mine(person.office),
        closed=is_closed(person.id),
        erasure=erasure_of(person.id),
        courses=tuple(_course(line, language) for line in overviews_of([person.id])),
        certificates=certificates_of(person.id),
        declared=declared_lines(person.id),
        asked=asked_lines(person),
        story=story_of(person.id),
        move=move or move_form(person),
        move_ticket=new_ticket("move", person.id),
        reset=reset or ResetForm(formdata=None),
        reset_ticket=new_ticket("reset", person.id),
        suggestion=first_password(person.language),
        may_reset=may_reset(person.id),
    )


def employment_name(employment: str) -> str:
    """The kind of employment in the reader's language."""
    return str(EMPLOYMENT_NAMES.get(employment, employment))


def _places(person: Person, language: str) -> tuple[str, ...]:
    office = people.find_organisation(person.office)
    if office is None:
        return ()
    on_path = people.places_on_path(office.path)
    levels = ("office", "region", "operator", "state")
    names = [on_path[level].name(language) for level in levels if level in on_path]
    return tuple(names) or (office.name(language),)


def _office_name(organisation: str) -> str:
    found = people.find_organisation(organisation)
    return found.name(current_language()) if found else ""


def _course(line: Overview, language: str) -> CourseLine:
    return CourseLine(
        title=text_of(line.edition, language).title,
        state=how_far(line),
        completed=line.completed,
        done=line.lessons_done,
        required=line.lessons_required,
        last_on=from_text(line.last_at).date(),
    )
