"""Gathers what is shown about what is asked of a manager's people."""

from collections.abc import Iterable, Mapping
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from lms.base.clock import now
from lms.learning.paths import queries as asked
from lms.learning.paths.queries import Tally
from lms.learning.paths.rules import Path, Rule
from lms.people import queries as people
from lms.people.queries.units import tree_paths
from lms.people.rules import Organisation, Person
from lms.web import shelf
from lms.web.dues import course_title
from lms.web.language import current_language
from lms.web.manager.asked import asked_lines
from lms.web.manager.asking_forms import WHO_NAMES, EnrolForm, EnrolOneForm, PathForm, RuleForm
from lms.web.manager.asking_pages import (
    CourseStep,
    EnrolOnePage,
    LearningPage,
    PathCourse,
    PathFormPage,
    PathLine,
    PathPage,
    RuleLine,
    UnitLine,
)
from lms.web.manager.person import my_paths
from lms.web.tickets import new_ticket

ON_A_PAGE = 100
_INDENT = "\u2003"


def today() -> date:
    """The day it is."""
    return now().date()


def units_to_choose() -> list[SelectChoice]:
    """Every organisation of mine, those below moved to the right."""
    mine = people.organisations_in(my_paths())
    highest = min((each.path.count("/") for each in mine), default=0)
    language = current_language()
    return [
        SelectChoice(each.id, _INDENT * (each.path.count("/") - highest) + each.name(language))
        for each in _in_order(mine)
    ]


def _in_order(mine: Iterable[Organisation]) -> list[Organisation]:
    known = {each.id: each for each in mine}
    language = current_language()

    def place(each: Organisation) -> list[str]:
        steps = [step for step in each.path.split("/") if step]
        return [known[step].name(language) if step in known else "" for step in steps]

    return sorted(known.values(), key=place)


def paths_to_use() -> list[Path]:
    """The paths of my organisations, and of those above them."""
    everything = asked.paths_in_force()
    places = tree_paths(path.organisation for path in everything.values())
    mine = my_paths()

    def serves(path: Path) -> bool:
        place = places.get(path.organisation, "-")
        return any(place.startswith(here) or here.startswith(place) for here in mine)

    found = [path for path in everything.values() if serves(path)]
    return sorted(found, key=lambda path: path.title(current_language()).casefold())


def is_mine(organisation: str) -> bool:
    """Whether the organisation lies in my subtrees."""
    place = tree_paths([organisation]).get(organisation, "-")
    return any(place.startswith(here) for here in my_paths())


def what_to_choose() -> list[SelectChoice]:
    """Paths, then courses."""
    language = current_language()
    paths = [
        SelectChoice(f"path:{path.id}", path.title(language), optgroup=_("Learning paths"))
        for path in paths_to_use()
    ]
    cards = [
        SelectChoice(f"course:{card.slug}", card.title, optgroup=_("Courses"))
        for card in shelf.cards(language)
    ]
    return [*paths, *cards]


def enrol_form() -> EnrolForm:
    """The form for several people, with what and whom I may choose."""
    form = EnrolForm()
    form.what.choices, form.unit.choices = what_to_choose(), units_to_choose()
    return form


def enrol_one_form() -> EnrolOneForm:
    """The form for one person."""
    form = EnrolOneForm()
    form.what.choices = what_to_choose()
    return form


def learning_page() -> LearningPage:
    """The overview."""
    counts, language = asked.counts_by_subject(my_paths()), current_language()
    tallies = asked.tallies_in(my_paths(), today())
    found = paths_to_use()
    names = people.organisations_with_ids({path.organisation for path in found})
    lines = [
        PathLine(
            title=path.title(language),
            url=url_for("manager.open_path", path=path.id),
            belongs_to=_name(names.get(path.organisation)),
            courses=len(path.courses),
            people=counts.get(path.id, 0),
        )
        for path in found
    ]
    return LearningPage(tuple(lines), unit_lines(tallies), asked.totals_in(my_paths(), today()))


def unit_lines(tallies: Iterable[Tally]) -> tuple[UnitLine, ...]:
    found = list(tallies)
    names = people.organisations_with_ids({each.office for each in found})
    lines = [
        UnitLine(
            office=_name(names.get(each.office)),
            url=url_for("manager.late", office=each.office),
            people=each.people,
            done=each.done,
            late=each.late,
        )
        for each in found
    ]
    return tuple(sorted(lines, key=lambda line: (-line.late, line.office)))


def _name(organisation: Organisation | None) -> str:
    return organisation.name(current_language()) if organisation else ""


def path_page(path: Path, *, form: RuleForm | None = None) -> PathPage:
    """One path, and how far my offices are with it."""
    counts = asked.courses_of_path_in(my_paths(), path.id)
    steps = []
    for slug in path.courses:
        count = counts.get(slug)
        numbers = (count.people, count.begun, count.done) if count else (0, 0, 0)
        steps.append(CourseStep(course_title(slug), url_for("public.course", slug=slug), *numbers))
    form = form or RuleForm(formdata=None)
    form.organisation.choices = units_to_choose()
    mine = is_mine(path.organisation)
    return PathPage(
        path=path,
        title=path.title(current_language()),
        belongs_to=_name(people.find_organisation(path.organisation)),
        steps=tuple(steps),
        units=unit_lines(asked.tallies_in(my_paths(), today(), subject=path.id)),
        rules=tuple(_rule_lines(asked.rules_in_force(path.id))),
        rule_form=form,
        rule_ticket=new_ticket("rule", path.id),
        withdraw_ticket=new_ticket("withdraw-path", path.id) if mine else "",
        mine=mine,
    )


def _rule_lines(rules: Iterable[Rule]) -> Iterable[RuleLine]:
    found, here = list(rules), my_paths()
    names = people.organisations_with_ids({rule.organisation for rule in found})
    for rule in found:
        mine = any(rule.scope.startswith(path) for path in here)
        above = any(path.startswith(rule.scope) for path in here)
        if mine or above:
            unit = _name(names.get(rule.organisation))
            ticket = new_ticket("rule-off", rule.id) if mine else ""
            who = str(WHO_NAMES.get(rule.who, rule.who))
            yield RuleLine(rule.id, who, unit, rule.days, ticket)


def path_form_page(
    path: Path | None, form: PathForm, chosen: Mapping[str, int], *, no_courses: bool = False
) -> PathFormPage:
    """The form of a path; `chosen`: slug → place from 1."""
    titles = {card.slug: card.title for card in shelf.cards(current_language())}
    titles |= {slug: course_title(slug) for slug in chosen if slug not in titles}
    courses = [PathCourse(slug, title, chosen.get(slug, 0)) for slug, title in titles.items()]
    form.organisation.choices = units_to_choose()
    ticket = new_ticket("path", path.id if path else "new")
    ordered = sorted(courses, key=lambda each: each.place or len(courses) + 1)
    return PathFormPage(path, form, tuple(ordered), no_courses, ticket)


def enrol_one_page(person: Person, form: EnrolOneForm) -> EnrolOnePage:
    """What is asked of one person."""
    return EnrolOnePage(person, asked_lines(person), form, new_ticket("enrol", person.id))
