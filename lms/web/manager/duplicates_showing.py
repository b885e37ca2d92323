"""Gathers what is shown about people who may be one."""

from collections.abc import Collection
from datetime import datetime

from flask import url_for

from lms.base.clock import from_text, now
from lms.base.language import Sentence
from lms.learning.events import AttemptSubmitted, LessonFinished
from lms.people import queries as people
from lms.people.queries.duplicates import (
    Record,
    alikes_in,
    find_proposal,
    merges_in,
    proposals_in,
    record_of,
)
from lms.people.rights.queries import may_touch_access
from lms.people.rights.rules import StandsAbove
from lms.people.rules import Person, PersonUnknown
from lms.people.sensitive.rules import ABOUT_A_PERSON
from lms.record.aliases import canonical_of
from lms.web.confidences import fact_of, shown_until, viewing_ticket
from lms.web.desk import at_the_desk
from lms.web.language import current_language
from lms.web.manager.duplicates_forms import PartForm, ProposeForm
from lms.web.manager.duplicates_pages import ComparePage, DuplicatesPage, Facts, PairLine, Side
from lms.web.manager.duplicates_words import WHY
from lms.web.manager.person import my_paths
from lms.web.people_words import SEX_NAMES
from lms.web.tickets import new_ticket
from lms.workshops.events import AttendanceTaken

Pair = tuple[str, str]


def duplicates_page() -> DuplicatesPage:
    """The three lists, for the people whom the visitor looks after."""
    paths, me = my_paths(), canonical_of(at_the_desk().person)
    proposals = proposals_in(paths)
    alikes, merges = alikes_in(paths), merges_in(paths)
    pairs = [(p.learner, p.other) for p in proposals] + [(a.learner, a.other) for a in alikes]
    ids = {end for pair in pairs for end in pair}
    known = people.people_with_ids(ids)
    visible = {each for each in known if people.find_person_in(paths, each)}
    return DuplicatesPage(
        tuple(
            _line(
                (p.learner, p.other),
                known,
                visible,
                why=_why(p.why),
                at=from_text(p.at),
                mine=canonical_of(p.proposed_by) == me,
            )
            for p in proposals
        ),
        tuple(_line((a.learner, a.other), known, visible, why=_why(a.why)) for a in alikes),
        tuple(_merged_line(m.learner, m.other, m.at) for m in merges),
    )


def _why(code: str) -> str:
    return str(WHY.get(code, code))


def _line(
    pair: Pair,
    known: dict[str, Person],
    visible: Collection[str],
    *,
    why: str,
    at: datetime | None = None,
    mine: bool = False,
) -> PairLine:
    first, second = (_side(known.get(each), each in visible) for each in pair)
    both = all(each in visible for each in pair)
    return PairLine(first, second, why, at, _url(*pair) if both else None, mine)


def _side(person: Person | None, visible: bool) -> Side:
    if person is None:
        return Side("", "")
    return Side(person.name if visible else "", person.number)


def _merged_line(learner: str, other: str, at: datetime) -> PairLine:
    found = (record_of(each) for each in (learner, other))
    first, second = (Side(each.name, each.number) if each else Side("", "") for each in found)
    return PairLine(first, second, "", at, _url(learner, other))


def _url(person: str, other: str) -> str:
    return url_for("manager.compare_people", person=person, other=other)


def two_of_mine(person: str, other: str) -> tuple[Record, Record]:
    """Both records; whoever is not of the visitor's offices is not to be found."""
    paths = my_paths()
    seen = all(people.find_person_in(paths, each) for each in (person, other))
    first, second = (record_of(person), record_of(other)) if seen else (None, None)
    if first is None or second is None or person == other:
        raise PersonUnknown
    return first, second


def must_stand_above(*persons: str) -> None:
    """Refuses with `StandsAbove` where one of them holds more than the visitor."""
    if not _stands_above(*persons):
        raise StandsAbove


def _stands_above(*persons: str) -> bool:
    somebody, today = at_the_desk(), now().date()
    return all(
        may_touch_access(somebody.positions, somebody.person, canonical_of(each), today)
        for each in persons
    )


def compare_page(
    person: str,
    other: str,
    *,
    propose: ProposeForm | None = None,
    part: PartForm | None = None,
    refused: Sentence | None = None,
) -> ComparePage:
    """Two people of the visitor's offices, side by side."""
    first, second = two_of_mine(person, other)
    proposal = find_proposal(person, other)
    subject = subject_of_both(person, other)
    until = shown_until(subject)
    hides = until is None and (sensitive_of(first) or sensitive_of(second))
    return ComparePage(
        person=person,
        other=other,
        first=_facts(first, until is not None),
        second=_facts(second, until is not None),
        state=_state(person, other),
        why=_why(proposal.why) if proposal else "",
        may_decide=_stands_above(person, other),
        propose=propose or ProposeForm(formdata=None),
        part=part or PartForm(formdata=None),
        tickets={
            act: new_ticket(act, *sorted((person, other)))
            for act in ("propose", "confirm", "decline", "part")
        }
        | {"view": viewing_ticket(subject) if hides else ""},
        until=until,
        refused=refused,
    )


def _state(person: str, other: str) -> str:
    if canonical_of(person) == canonical_of(other):
        return "merged"
    proposal = find_proposal(person, other)
    if proposal is None or proposal.state != "open":
        return "apart"
    mine = canonical_of(proposal.proposed_by) == canonical_of(at_the_desk().person)
    return "mine" if mine else "open"


def subject_of_both(person: str, other: str) -> str:
    """What is asked to be shown where two records stand side by side."""
    return " ".join(sorted((person, other)))


def sensitive_of(record: Record) -> tuple[str, ...]:
    """The sensitive fields that are kept under one record."""
    return tuple(field for field in ABOUT_A_PERSON if getattr(record, field))


def _facts(record: Record, shown: bool) -> Facts:
    office = people.find_organisation(record.office)
    return Facts(
        name=record.name,
        number=record.number,
        staff_number=record.staff_number,
        email=fact_of("email", record.email, shown=shown),
        phone=fact_of("phone", record.phone, shown=shown),
        birth_year=fact_of("birth_year", str(record.birth_year or ""), shown=shown),
        sex=str(SEX_NAMES.get(record.sex, record.sex)),
        office=office.name(current_language()) if office else "",
        registered_at=record.registered_at,
        lessons=record.kinds.get(LessonFinished.kind, 0),
        tests=record.kinds.get(AttemptSubmitted.kind, 0),
        sittings=record.kinds.get(AttendanceTaken.kind, 0),
        last_at=record.last_at,
    )
