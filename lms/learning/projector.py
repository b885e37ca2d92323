"""Folds what learners did into progress and completions."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, insert, select

from lms.base.clock import as_text
from lms.base.database import db
from lms.courses import queries as courses
from lms.courses.rules import Edition, Mark, mark
from lms.learning.events import LEARNING_KINDS
from lms.learning.keeping import to_json
from lms.learning.rules import Completion, Progress, completion_of, fold
from lms.learning.rules.completion import completed_at
from lms.learning.tables import CompletionRow, ProgressRow
from lms.people import queries as people
from lms.people.events import LEARNER_KINDS, ORGANISATION_KINDS, OrganisationMoved
from lms.people.rules import local_date
from lms.record.events import Stored
from lms.record.queries import events_about, events_of_learners


class PublishedLibrary:
    """The editions and keys this server holds."""

    def edition(self, edition: str) -> Edition | None:
        """The edition of this hash, if it is here."""
        return courses.find_edition(edition)

    def mark(self, edition: str, question: str, answer: Mapping[str, object]) -> Mark | None:
        """The answer's mark by that edition's key."""
        if courses.find_edition(edition) is None:
            return None
        key = courses.keys_of(edition).get(question)
        return mark(key, dict(answer)) if key else None


LIBRARY = PublishedLibrary()
_Rows = tuple[dict[str, Any] | None, dict[str, Any] | None]
_MANY = 400


class Learning:
    """One key: (learner, course). A change of the learner's profile touches what they completed;
    an edition that arrives late touches who had begun with it."""

    name = "learning"
    kinds = LEARNING_KINDS | LEARNER_KINDS | ORGANISATION_KINDS | {"edition.published"}

    def keys(self, stored: Stored) -> Iterable[tuple[str, str]]:
        """(learner, course) pairs that the event touches."""
        if stored.kind in LEARNING_KINDS:
            return [(stored.learner, stored.subject)] if stored.learner and stored.subject else []
        return [(row.learner, row.course) for row in db.session().execute(_touched(stored))]

    def keys_of_many(self, seen: Sequence[Stored]) -> Iterable[tuple[str, str]]:
        """The same for many events; what learners completed is asked for together."""
        changed = [s for s in seen if s.kind in LEARNER_KINDS and s.learner]
        others = [stored for stored in seen if stored.kind not in LEARNER_KINDS]
        columns = select(CompletionRow.learner, CompletionRow.course)
        for start in range(0, len(changed), _MANY):
            learners = {stored.learner for stored in changed[start : start + _MANY]}
            rows = db.session().execute(columns.where(CompletionRow.learner.in_(learners)))
            yield from ((row.learner, row.course) for row in rows)
        for stored in others:
            yield from self.keys(stored)

    def recompute_many(self, keys: Collection[tuple[str, str]]) -> None:
        """The same for many, whose events are read together."""
        wanted = sorted(keys)
        for start in range(0, len(wanted), _MANY):
            told = _told(wanted[start : start + _MANY])
            _replace({key: _rows_of(events) for key, events in told.items()})

    def recompute(self, key: tuple[str, str]) -> None:
        """Replaces one learner's progress and completion in one course."""
        learner, course = key
        events = events_about(learner=learner, subject=course, kinds=LEARNING_KINDS)
        _replace({key: _rows_of(events)})

    def clear(self) -> None:
        """Empties progress and completions."""
        db.session().execute(delete(CompletionRow))
        db.session().execute(delete(ProgressRow))


_PROGRESS, _COMPLETION = (cast("Table", row.__table__) for row in (ProgressRow, CompletionRow))
_FORGET = tuple(
    delete(table).where(table.c.learner == bindparam("of"), table.c.course == bindparam("in"))
    for table in (_PROGRESS, _COMPLETION)
)
_KEEP_PROGRESS, _KEEP_COMPLETION = insert(_PROGRESS), insert(_COMPLETION)


def _replace(rows: Mapping[tuple[str, str], _Rows]) -> None:
    session = db.session()
    for statement in _FORGET:
        session.execute(statement, [{"of": learner, "in": course} for learner, course in rows])
    if progress := [of_one for of_one, _ in rows.values() if of_one]:
        session.execute(_KEEP_PROGRESS, progress)
    if completions := [of_one for _, of_one in rows.values() if of_one]:
        session.execute(_KEEP_COMPLETION, completions)


def _told(keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[Stored]]:
    found: dict[tuple[str, str], list[Stored]] = {key: [] for key in keys}
    for learner, events in events_of_learners({of for of, _ in keys}, LEARNING_KINDS).items():
        for stored in events:
            known = found.get((learner, stored.subject or ""))
            if known is not None:
                known.append(stored)
    return found


def _rows_of(events: Sequence[Stored]) -> _Rows:
    """(progress, completion) that these events of one learner in one course make."""
    progress = fold(events, LIBRARY)
    if progress is None:
        return None, None
    edition = courses.find_edition(progress.edition)
    moment = completed_at(progress, edition) if edition else None
    completion = _completion_row(progress, edition) if edition and moment else None
    return _progress_row(progress, completed=moment is not None), completion


def _touched(stored: Stored):  # type: ignore[no-untyped-def]
    if stored.kind == "edition.published":
        edition = stored.body["object"].get("edition")
        return select(ProgressRow.learner, ProgressRow.course).where(
            ProgressRow.edition == edition, ProgressRow.course == stored.subject
        )
    columns = select(CompletionRow.learner, CompletionRow.course)
    if isinstance(stored.event, OrganisationMoved):
        return columns.where(CompletionRow.path.contains(stored.event.organisation))
    if stored.learner:
        return columns.where(CompletionRow.learner == stored.learner)
    return columns.where(CompletionRow.path.contains(stored.subject or "-"))


def _progress_row(progress: Progress, *, completed: bool) -> dict[str, Any]:
    submitted = [attempt for attempt in progress.attempts if attempt.submitted_at]
    return {
        "learner": progress.learner,
        "course": progress.course,
        "edition": progress.edition,
        "started_at": as_text(progress.started_at),
        "last_at": as_text(progress.last_at),
        "lessons_done": len(progress.lessons_done),
        "lessons_required": progress.lessons_required,
        "attempts": len(submitted),
        "best_percent": max((attempt.percent for attempt in submitted), default=None),
        "passed": progress.passed_attempt is not None,
        "completed": completed,
        "help": progress.help,
        "body": to_json(progress),
    }


def _completion_row(progress: Progress, edition: Edition) -> dict[str, Any]:
    moment = completed_at(progress, edition)
    assert moment is not None
    profile = people.profile_of(progress.learner, moment)
    path = people.path_on(profile.office, moment.date()) if profile else ""
    place = people.places_on_path(path)
    country = place["state"].country if "state" in place else ""
    done = completion_of(progress, edition, local_date(moment, country))
    assert isinstance(done, Completion)
    return {
        "learner": done.learner,
        "course": done.course,
        "course_id": edition.course_id,
        "edition": done.edition,
        "completed_at": as_text(done.completed_at),
        "completed_on": done.completed_on.isoformat(),
        "percent": done.percent,
        "minutes": done.minutes,
        "seconds": progress.seconds,
        "language": progress.language,
        "track": edition.track,
        "recognised": edition.recognised,
        "employment": profile.employment if profile else "",
        "sex": profile.sex if profile else "",
        "birth_year": profile.birth_year if profile else None,
        "path": path,
        "country": country,
        "state": place["state"].id if "state" in place else "",
        "operator": place["operator"].id if "operator" in place else "",
        "office": profile.office if profile else "",
        "area": place["office"].area if "office" in place else "",
        "demo": profile.demo if profile else False,
        "mode": "assisted" if done.help else "self",
        "help": done.help,
        "evidence": json.dumps(done.evidence),
    }


PROJECTORS = (Learning(),)
