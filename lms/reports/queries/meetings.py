"""Indicators 4, 5a, 5b and 6 in SQL. Whether a meeting counts as a workshop is decided by the
workshops room; participants belong to the organisation that accredited them."""

import json

from sqlalchemy import ColumnElement, Subquery, func, not_, select, true

from lms.base.database import Rows, db
from lms.base.language import Sentence, sentence
from lms.people.tables import OrganisationRow
from lms.reports.queries.places import stands_in
from lms.reports.queries.training import between
from lms.reports.rules import Figure, Question
from lms.workshops.rules import MEMBER, PARTICIPANT
from lms.workshops.tables import AttendanceRow, ParticipantRow, WorkshopRow

Asides = tuple[tuple[Sentence, int], ...]


def counted_workshops(question: Question) -> Subquery:
    """One row for each workshop of indicator 4: those that the place organised."""
    statement: Rows = select(
        WorkshopRow.id, WorkshopRow.title, WorkshopRow.theme, WorkshopRow.mode,
        WorkshopRow.language, WorkshopRow.held_on, WorkshopRow.organiser, WorkshopRow.place,
    )  # fmt: skip
    return statement.where(*_counts(question), stands_in(WorkshopRow.path, question)).subquery()


def _counts(question: Question) -> tuple[ColumnElement[bool], ...]:
    real = true() if question.include_demo else not_(WorkshopRow.demo)
    return WorkshopRow.counts.is_(True), between(WorkshopRow.held_on, question.period), real


def attendances(question: Question) -> Subquery:
    """One row for each participant and workshop: indicator 5a. `nth` numbers a person's workshops
    of the period, so that 1 is the person of indicator 5b."""
    came = _present(question, AttendanceRow.role == PARTICIPANT, AttendanceRow.membership == MEMBER)
    nth = func.row_number().over(
        partition_by=came.c.learner, order_by=(came.c.day, came.c.workshop)
    )
    ranked = select(came, nth.label("nth")).subquery()
    return select(ranked).where(stands_in(ranked.c.path, question)).subquery()


def _present(question: Question, *who: ColumnElement[bool]) -> Subquery:
    sitting = func.row_number().over(
        partition_by=(AttendanceRow.workshop, AttendanceRow.learner),
        order_by=(AttendanceRow.on, AttendanceRow.sitting),
    )
    real = true() if question.include_demo else not_(AttendanceRow.demo)
    statement: Rows = (
        select(
            AttendanceRow.workshop, AttendanceRow.learner, AttendanceRow.state, AttendanceRow.sex,
            AttendanceRow.role, AttendanceRow.membership, AttendanceRow.accredited_by,
            WorkshopRow.held_on.label("day"), WorkshopRow.title, WorkshopRow.theme,
            ParticipantRow.path, sitting.label("sitting"),
        )
        .join(WorkshopRow, WorkshopRow.id == AttendanceRow.workshop)
        .join(
            ParticipantRow,
            (ParticipantRow.workshop == AttendanceRow.workshop)
            & (ParticipantRow.learner == AttendanceRow.learner),
        )
        .where(AttendanceRow.present.is_(True), *_counts(question), real, *who)
    )  # fmt: skip
    first = statement.subquery()
    return select(first).where(first.c.sitting == 1).subquery()


def members_of(question: Question) -> Subquery:
    """One row for each participating member state, its first participant: indicator 6."""
    came = attendances(question)
    order = came.c.day, came.c.workshop, came.c.learner
    nth = func.row_number().over(partition_by=came.c.state, order_by=order).label("of_state")
    ranked = select(came, nth).where(came.c.state != "").subquery()
    return select(ranked).where(ranked.c.of_state == 1).subquery()


def figure_of_states(question: Question, came: set[str]) -> Figure:
    """Indicator 6 with its denominator, and the observers apart."""
    asides = _observers(question)
    invited = _invited(question)
    return Figure("6", len(came), len(invited | came) if invited else None, asides)


def _invited(question: Question) -> set[str]:
    states = db.session().scalars(select(WorkshopRow.invited_states).where(*_counts(question)))
    invited = {state for text in states for state in json.loads(text)}
    mine = select(OrganisationRow.id).where(
        OrganisationRow.level == "state",
        OrganisationRow.membership == MEMBER,
        stands_in(OrganisationRow.path, question),
    )
    return invited & set(db.session().scalars(mine))


def _observers(question: Question) -> Asides:
    observing = (AttendanceRow.role == PARTICIPANT) & (AttendanceRow.membership != MEMBER)
    seen = _present(question, observing | (AttendanceRow.role == "observer"))
    mine = select(seen).where(stands_in(seen.c.path, question)).subquery()
    foreign = func.count(func.distinct(mine.c.state)).filter(
        mine.c.state != "", mine.c.membership != MEMBER
    )
    people, states = (
        db.session().execute(select(func.count(func.distinct(mine.c.learner)), foreign)).one()
    )
    return (
        (sentence("States that are not members, as observers"), states),
        (sentence("Observers, in persons"), people),
    )


def other_roles(question: Question) -> Asides:
    """People present in other roles, apart: (sentence, count) for each role there was."""
    others = AttendanceRow.role.in_(["facilitator", "interpreter", "organiser"])
    seen = _present(question, others)
    statement = (
        select(seen.c.role, func.count(func.distinct(seen.c.learner)))
        .where(stands_in(seen.c.path, question))
        .group_by(seen.c.role)
    )
    counts = {row[0]: row[1] for row in db.session().execute(statement)}
    words = (
        ("facilitator", sentence("Facilitators, in persons")),
        ("interpreter", sentence("Interpreters, in persons")),
        ("organiser", sentence("Organisers, in persons")),
    )
    return tuple((text, counts[role]) for role, text in words if role in counts)
