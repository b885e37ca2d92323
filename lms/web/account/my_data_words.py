"""What is kept about a person, in words: one result for the page and for the paper."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _

from lms.base.clock import as_text, from_text, now
from lms.certificates.queries import certificates_of
from lms.exchange.own_data.paper.press import Section
from lms.learning.queries import overviews_of
from lms.people import queries as people
from lms.people.access.queries import find_second_step, sessions_of
from lms.people.audit.queries import notes_about
from lms.people.audit.rules import ACTIONS, says
from lms.people.cards.queries import card_state_of
from lms.people.consents.queries import consents_of
from lms.people.corrections.queries import corrections_of
from lms.people.corrections.rules import ABOUT
from lms.people.events import LEARNER_KINDS, LearnerMoved, LearnerRegistered
from lms.people.functioning.queries import told_by
from lms.people.functioning.wordings import official_wording
from lms.people.queries.assignments import assignments_of
from lms.people.queries.duplicates import Record, record_of
from lms.people.rules import Person
from lms.record.aliases import aliases_of
from lms.record.queries import events_about
from lms.reports.words import help_in_words
from lms.web.declared import declared_lines
from lms.web.desk import say
from lms.web.how_far import how_far
from lms.web.language import OWN_NAMES, current_language, dateformat
from lms.web.people_words import EMPLOYMENT_NAMES, POSITION_NAMES, SEX_NAMES
from lms.web.shelf import text_of
from lms.workshops.queries import attended_by

_NOTES = 100


def my_sections(person: Person) -> tuple[Section, ...]:
    """The sections, those with nothing in them left out."""
    found = (
        _who(person),
        _places(person),
        _signing_in(person),
        _learning(person),
        _workshops(person),
        _certificates(person),
        _declared(person),
        _agreed(person),
        _difficulties(person),
        _requests(person),
        _done_by_others(person),
    )
    return tuple(each for each in found if each.facts or each.rows)


def _day(moment: datetime | None) -> str:
    return dateformat(moment, "long") if moment else ""


def _who(person: Person) -> Section:
    records = [each for each in map(record_of, aliases_of(person.id)) if each]
    nothing = _("Not stated")
    facts = [
        (_("Name"), _all(r.name for r in records) or nothing),
        (_("Number"), _all(r.number for r in records)),
        (_("Staff number"), _all(r.staff_number for r in records) or nothing),
        (_("E-mail address"), _all(r.email for r in records) or nothing),
        (_("Telephone number"), _all(r.phone for r in records) or nothing),
        (_("Sex"), str(SEX_NAMES.get(person.sex, person.sex))),
        (_("Year of birth"), str(person.birth_year or nothing)),
        (_("Language"), OWN_NAMES.get(person.language, person.language)),
        (_("Registered on"), _first_day(records)),
    ]
    return Section(_("Who you are"), facts=facts)


def _all(values: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(value for value in values if value))


def _first_day(records: list[Record]) -> str:
    days = [r.registered_at for r in records if r.registered_at]
    return _day(min(days, default=None))


def _places(person: Person) -> Section:
    rows = _own_offices(person)
    for held in assignments_of(person.id):
        until = _iso(held.until) if held.until else ""
        rows.append((_office(held.office), _employment(held.employment), _iso(held.since), until))
    for position, organisation, since, until in people.positions_of(person.id):
        words = _("position: %(position)s", position=str(POSITION_NAMES.get(position, position)))
        rows.append((_office(organisation), words, _iso(since), _iso(until) if until else ""))
    head = (_("Office"), _("As what"), _("Since"), _("Until"))
    return Section(_("Where you belong"), head=head, rows=rows)


def _own_offices(person: Person) -> list[tuple[str, str, str, str]]:
    """Where the person belonged, from the first office to the one of today."""
    steps: list[tuple[str, str, str, str]] = []
    for stored in events_about(learner=person.id, kinds=LEARNER_KINDS):
        event = stored.event
        if isinstance(event, LearnerRegistered):
            steps.append((as_text(stored.at)[:10], stored.id, event.office, event.employment))
        elif isinstance(event, LearnerMoved):
            steps.append((event.on, stored.id, event.office, event.employment))
    steps.sort()
    ends = [*(since for since, *_rest in steps[1:]), ""]
    return [
        (_office(office), _employment(employment), _iso(since), _iso(until) if until else "")
        for (since, _id, office, employment), until in zip(steps, ends, strict=True)
    ]


def _office(organisation: str) -> str:
    found = people.find_organisation(organisation)
    return found.name(current_language()) if found else ""


def _employment(employment: str) -> str:
    return str(EMPLOYMENT_NAMES.get(employment, employment))


def _iso(day: str) -> str:
    return dateformat(from_text(day), "long")


def _signing_in(person: Person) -> Section:
    yes, no = _("yes"), _("no")
    passwords = [people.password_of(each) for each in aliases_of(person.id)]
    step = find_second_step(person.id)
    facts = [
        (_("A password (kept so that nobody can read it)"), yes if any(passwords) else no),
        (_("A PIN for kiosks (kept so that nobody can read it)"), _pin(person)),
        (_("A second step with a telephone"), yes if step else no),
        (_("Devices that are signed in"), str(len(sessions_of(person.id, now())))),
    ]
    return Section(_("How you sign in"), facts=facts)


def _pin(person: Person) -> str:
    return str(_("no") if card_state_of(person.id).pin == "none" else _("yes"))


def _learning(person: Person) -> Section:
    rows = [
        (
            text_of(line.edition, current_language()).title,
            how_far(line),
            help_in_words(line.help, _),
            _day(from_text(line.last_at)),
        )
        for line in overviews_of([person.id])
    ]
    text = _(
        "Each lesson you left as done, each answer you gave and each test you handed in is kept, "
        "with its moment. The file for machines lists all of them."
    )
    head = (_("Course"), _("How far"), _("How it was answered"), _("Last worked on"))
    return Section(_("What you learned"), text, head=head, rows=rows)


def _title(edition: str) -> str:
    return text_of(edition, current_language()).title


def _workshops(person: Person) -> Section:
    rows = [
        (each.plan.title, dateformat(each.first_day, "long") if each.sittings else "")
        for each in attended_by(person.id)
    ]
    return Section(_("Workshops"), head=(_("Workshop"), _("First day")), rows=rows)


def _certificates(person: Person) -> Section:
    rows = [
        (each.title(current_language()), each.shown, dateformat(each.completed_on, "long"))
        for each in certificates_of(person.id)
    ]
    head = (_("Certificate"), _("Number"), _("Completed on"))
    return Section(_("Certificates"), head=head, rows=rows)


def _declared(person: Person) -> Section:
    rows = [
        (
            each.title,
            dateformat(each.on, "long"),
            each.file or _("a list without a name"),
            each.sender or _("not known"),
            _day(each.at),
        )
        for each in declared_lines(person.id)
    ]
    head = (
        _("Training"),
        _("Completed on"),
        _("From which list"),
        _("Sent by"),
        _("Declared on"),
    )
    return Section(_("Trainings followed elsewhere"), head=head, rows=rows)


def _agreed(person: Person) -> Section:
    rows = [
        (
            _day(at),
            _(
                "text for %(who)s, version %(version)s",
                who=_employment(given.text),
                version=given.version,
            ),
            OWN_NAMES.get(given.language, given.language),
        )
        for at, given in consents_of(person.id)
    ]
    return Section(_("What you agreed to"), head=(_("Day"), _("Text"), _("Language")), rows=rows)


def _difficulties(person: Person) -> Section:
    told = told_by(person.id)
    heading = _("Difficulties in everyday activities")
    if told is None:
        return Section(heading)
    wording = official_wording(told.language)
    facts = [(_("Told on"), _day(told.at))]
    if not told.answers:
        facts.append((_("Your answer"), _("I prefer not to say")))
    for domain, answer in told.answers.items():
        question = wording.questions.get(domain, domain) if wording else domain
        words = wording.answers.get(answer, _("I prefer not to say")) if wording else answer
        facts.append((question, words))
    return Section(
        heading, _("No page shows these answers to anybody but you; they are only counted."), facts
    )


def _requests(person: Person) -> Section:
    states = {
        "open": _("waits for an answer"),
        "put-right": _("put right"),
        "left": _("stays as it is"),
    }
    rows = [
        (
            _day(each.asked_at),
            say(ABOUT[each.about if each.about in ABOUT else "other"]),
            each.text,
            states[each.state],
            each.answer,
        )
        for each in corrections_of(person.id)
    ]
    head = (_("Asked on"), _("About"), _("What you wrote"), _("State"), _("Answer"))
    return Section(_("Your requests for a correction"), head=head, rows=rows)


def _done_by_others(person: Person) -> Section:
    rows = [
        (_day(note.at), say(says(note.action)))
        for note, _place in zip(notes_about(person.id, ACTIONS), range(_NOTES), strict=False)
        if note.actor != person.id
    ]
    head = (_("Day"), _("What was done"))
    return Section(_("What others did with your account"), head=head, rows=rows)
