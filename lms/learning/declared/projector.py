"""Folds declared trainings into their table. One key: the learner."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, time
from typing import Final

from sqlalchemy import delete, select

from lms.base.clock import as_text
from lms.base.database import db
from lms.base.ids import derived_id
from lms.courses import queries as courses
from lms.learning.declared.events import DECLARED_KINDS, TrainingDeclared
from lms.learning.declared.tables import DeclaredRow
from lms.people import queries as people
from lms.people.events import LEARNER_KINDS, ORGANISATION_KINDS
from lms.people.rules import Organisation, Profile, fold_text, profile_on
from lms.record.events import Stored
from lms.record.queries import events_of_learners

_PUBLISHED: Final = "edition.published"
_MANY: Final = 400


class Declared:
    """A change of the learner, of an organisation above them, or of a course touches what was
    declared."""

    name = "declared trainings"
    kinds = DECLARED_KINDS | LEARNER_KINDS | ORGANISATION_KINDS | {_PUBLISHED}

    def keys(self, stored: Stored) -> Iterable[str]:
        """The learners."""
        return self.keys_of_many([stored])

    def keys_of_many(self, seen: Sequence[Stored]) -> Iterable[str]:
        """The learners of many events; who has declared trainings is asked for together."""
        yield from (s.learner for s in seen if s.kind in DECLARED_KINDS and s.learner)
        changed = sorted({s.learner for s in seen if s.kind in LEARNER_KINDS and s.learner})
        for start in range(0, len(changed), _MANY):
            some = DeclaredRow.learner.in_(changed[start : start + _MANY])
            yield from db.session().scalars(select(DeclaredRow.learner).where(some).distinct())
        for stored in seen:
            if stored.kind in ORGANISATION_KINDS and stored.subject:
                inside = DeclaredRow.path.contains(stored.subject)
                yield from db.session().scalars(select(DeclaredRow.learner).where(inside))
            elif stored.kind == _PUBLISHED:
                about = DeclaredRow.course == (stored.subject or "-")
                yield from db.session().scalars(select(DeclaredRow.learner).where(about))

    def recompute(self, key: str) -> None:
        """Replaces the declared trainings of one learner."""
        self.recompute_many([key])

    def recompute_many(self, keys: Collection[str]) -> None:
        """Replaces the declared trainings of many."""
        session = db.session()
        wanted, places = sorted(keys), _Places()
        for start in range(0, len(wanted), _MANY):
            some = wanted[start : start + _MANY]
            session.execute(delete(DeclaredRow).where(DeclaredRow.learner.in_(some)))
            histories = events_of_learners(some, DECLARED_KINDS | LEARNER_KINDS)
            for learner, events in histories.items():
                session.add_all(_rows(learner, events, places))
            session.flush()

    def clear(self) -> None:
        """Empties the table."""
        db.session().execute(delete(DeclaredRow))


class _Places:
    """Where offices lie and which courses are recognised, asked for once each."""

    def __init__(self) -> None:
        self._paths: dict[tuple[str, str], str] = {}
        self._places: dict[str, dict[str, Organisation]] = {}
        self._recognised: dict[str, bool] = {}

    def path(self, office: str, moment: datetime) -> str:
        key = (office, moment.date().isoformat())
        if key not in self._paths:
            self._paths[key] = people.path_on(office, moment.date())
        return self._paths[key]

    def on(self, path: str) -> dict[str, Organisation]:
        if path not in self._places:
            self._places[path] = people.places_on_path(path)
        return self._places[path]

    def is_recognised(self, course: str) -> bool:
        if course not in self._recognised:
            edition = courses.find_current_edition(course) if course else None
            self._recognised[course] = bool(edition and edition.recognised)
        return self._recognised[course]


def _rows(learner: str, events: Sequence[Stored], places: _Places) -> Iterable[DeclaredRow]:
    declared: dict[str, TrainingDeclared] = {}
    for stored in sorted(events, key=lambda s: (s.at, s.id)):
        if isinstance(stored.event, TrainingDeclared):
            declared.setdefault(key_of(learner, stored.event), stored.event)
    for key, event in declared.items():
        moment = datetime.combine(datetime.fromisoformat(event.on), time(12), UTC)
        yield _row(key, learner, event, moment, profile_on(events, moment), places)


def key_of(learner: str, event: TrainingDeclared) -> str:
    """The same training declared twice has one key."""
    return derived_id("declared", learner, event.course or fold_text(event.title), event.on)


def _row(
    key: str,
    learner: str,
    event: TrainingDeclared,
    moment: datetime,
    profile: Profile | None,
    places: _Places,
) -> DeclaredRow:
    path = places.path(profile.office, moment) if profile else ""
    place = places.on(path)
    return DeclaredRow(
        id=key,
        learner=learner,
        title=event.title,
        course=event.course or "",
        completed_at=as_text(moment),
        completed_on=event.on,
        percent=event.percent,
        minutes=event.minutes,
        recognised=places.is_recognised(event.course or ""),
        employment=profile.employment if profile else "",
        sex=profile.sex if profile else "",
        birth_year=profile.birth_year if profile else None,
        path=path,
        state=place["state"].id if "state" in place else "",
        operator=place["operator"].id if "operator" in place else "",
        office=profile.office if profile else "",
        area=place["office"].area if "office" in place else "",
        demo=profile.demo if profile else False,
        sha256=event.sha256,
    )


PROJECTORS = (Declared(),)
