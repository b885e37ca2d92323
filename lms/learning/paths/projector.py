"""Folds paths, rules, and what is asked of whom.

Rules write no enrolments into the record: whom they mean follows from where people belong, so that
it holds for everybody alike, registered at a counter, from a list, or on another server.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import delete, insert, select

from lms.base.clock import as_text, now
from lms.base.database import db
from lms.learning.paths.events import (
    ENROLMENT_KINDS,
    PATH_KINDS,
    RULE_KINDS,
    LearnerEnrolled,
    LearnerReminded,
    PathDefined,
    RuleSet,
    RuleWithdrawn,
)
from lms.learning.paths.queries import paths_in_force, rules_in_force
from lms.learning.paths.rules import Asked, Path, Post, Rule, asked_of, rule_id, stays_of
from lms.learning.paths.tables import EnrolmentRow, PathRow, ReminderRow, RuleRow
from lms.people.events import (
    ASSIGNMENT_KINDS,
    LEARNER_KINDS,
    ORGANISATION_KINDS,
    POSITION_KINDS,
    AssignmentBegun,
    LearnerClosed,
    LearnerErased,
    LearnerMoved,
    LearnerRegistered,
    LearnerReopened,
)
from lms.people.queries.units import (
    people_below,
    posts_of,
    tree_paths,
)
from lms.people.rules import POSITIONS
from lms.record.events import Stored
from lms.record.queries import events_about, events_of_learners

_MANY: Final = 400
_OF_A_LEARNER: Final = ENROLMENT_KINDS | LEARNER_KINDS | ASSIGNMENT_KINDS
RuleKey = tuple[str, str, str]


class Paths:
    """One row a path, while it is in force."""

    name = "learning paths"
    kinds = PATH_KINDS

    def keys(self, stored: Stored) -> Iterable[str]:
        """The path."""
        return [stored.subject] if stored.subject else []

    def recompute(self, key: str) -> None:
        """Replaces the path by what was said of it last."""
        session = db.session()
        session.execute(delete(PathRow).where(PathRow.id == key))
        told = [s for s in events_about(subject=key, kinds=self.kinds) if s.event]
        last = max(told, key=lambda s: (s.at, s.id), default=None)
        if last is not None and isinstance(last.event, PathDefined):
            said = last.event
            session.add(
                PathRow(
                    id=key,
                    organisation=said.organisation,
                    title_fr=said.title_fr,
                    title_en=said.title_en,
                    courses=json.dumps(said.courses),
                )
            )

    def clear(self) -> None:
        """Empties the table."""
        db.session().execute(delete(PathRow))


class Rules:
    """One row a rule, while it is in force. One key: (path, organisation, who)."""

    name = "enrolment rules"
    kinds = RULE_KINDS

    def keys(self, stored: Stored) -> Iterable[RuleKey]:
        """The rule."""
        said = stored.event
        if isinstance(said, RuleSet | RuleWithdrawn):
            yield (said.target, said.organisation, said.who)

    def recompute(self, key: RuleKey) -> None:
        """Replaces the rule by what was said of it last."""
        path, organisation, who = key
        session, name = db.session(), rule_id(organisation, who, path)
        session.execute(delete(RuleRow).where(RuleRow.id == name))
        told = [s for s in events_about(subject=path, kinds=self.kinds) if key in self.keys(s)]
        last = max(told, key=lambda s: (s.at, s.id), default=None)
        if last is not None and isinstance(last.event, RuleSet):
            session.add(
                RuleRow(
                    id=name,
                    organisation=organisation,
                    who=who,
                    path=path,
                    days=last.event.days,
                    since=as_text(last.at)[:10],
                )
            )

    def clear(self) -> None:
        """Empties the table."""
        db.session().execute(delete(RuleRow))


class Enrolments:
    """One key: all learners whom one event touches, so that a rule for thousands is folded for all
    of them together. Where no rule holds, a new person costs nothing here."""

    name = "enrolments"
    kinds = (
        ENROLMENT_KINDS
        | PATH_KINDS
        | RULE_KINDS
        | LEARNER_KINDS
        | ASSIGNMENT_KINDS
        | POSITION_KINDS
        | ORGANISATION_KINDS
    )

    def keys(self, stored: Stored) -> Iterable[tuple[str, ...]]:
        """The learners, as one key."""
        touched = tuple(sorted(set(self.keys_of_many([stored]))))
        return [touched] if touched else []

    def keys_of_many(self, seen: Sequence[Stored]) -> Iterable[str]:
        """The learners whom any of these events touches."""
        rules = rules_in_force()
        about = {s.learner for s in seen if s.learner}
        asked = {s.learner for s in seen if s.kind in ENROLMENT_KINDS and s.learner}
        yield from about if rules else asked | _enrolled_among(about)
        for stored in seen:
            if stored.kind in PATH_KINDS and stored.subject:
                yield from _asked_to_follow(stored.subject, rules)
            elif isinstance(stored.event, RuleSet | RuleWithdrawn):
                yield from _meant_by(stored.event)
            elif stored.kind in ORGANISATION_KINDS and stored.subject:
                below = _moved_with(stored.subject, rules)
                yield from below if rules else _enrolled_among(below)

    def recompute(self, key: tuple[str, ...]) -> None:
        """Replaces what is asked of these learners."""
        self.recompute_many(key)

    def recompute_many(self, keys: Collection[str]) -> None:
        """Replaces what is asked of many."""
        session, wanted = db.session(), sorted(keys)
        rules, paths = rules_in_force(), paths_in_force()
        by_post = any(rule.who in POSITIONS for rule in rules)
        for start in range(0, len(wanted), _MANY):
            some = wanted[start : start + _MANY]
            session.execute(delete(EnrolmentRow).where(EnrolmentRow.learner.in_(some)))
            histories = events_of_learners(some, _OF_A_LEARNER)
            places = tree_paths(_offices(histories))
            posts = _posts(some) if by_post else {}
            rows = [
                row
                for learner, told in histories.items()
                for row in _rows(learner, told, rules, paths, places, posts.get(learner, []))
            ]
            if rows:
                session.execute(insert(EnrolmentRow), rows)

    def clear(self) -> None:
        """Empties the table."""
        db.session().execute(delete(EnrolmentRow))


class Reminders:
    """When a learner was reminded last."""

    name = "reminders"
    kinds = frozenset({LearnerReminded.kind})

    def keys(self, stored: Stored) -> Iterable[str]:
        """The learner."""
        return [stored.learner] if stored.learner else []

    def recompute(self, key: str) -> None:
        """Replaces the learner's row."""
        session = db.session()
        session.execute(delete(ReminderRow).where(ReminderRow.learner == key))
        told = events_about(learner=key, kinds=self.kinds)
        last = max(told, key=lambda s: (s.at, s.id), default=None)
        if last is not None and isinstance(last.event, LearnerReminded):
            session.add(ReminderRow(learner=key, on=as_text(last.at)[:10], how=last.event.how))

    def clear(self) -> None:
        """Empties the table."""
        db.session().execute(delete(ReminderRow))


def _enrolled_among(learners: Collection[str]) -> set[str]:
    found: set[str] = set()
    wanted = sorted(learners)
    for start in range(0, len(wanted), _MANY):
        some = EnrolmentRow.learner.in_(wanted[start : start + _MANY])
        found.update(db.session().scalars(select(EnrolmentRow.learner).where(some).distinct()))
    return found


def _moved_with(organisation: str, rules: Iterable[Rule]) -> set[str]:
    """Who belongs to the organisation or below it, or holds a position there for which a rule
    asks; of one that is not in the tree any more everybody, for nothing is below it."""
    if not tree_paths([organisation]):
        return set(db.session().scalars(select(EnrolmentRow.learner).distinct()))
    return people_below(organisation, {rule.who for rule in rules} & set(POSITIONS))


def _asked_to_follow(path: str, rules: Iterable[Rule]) -> Iterable[str]:
    enrolled = events_about(subject=path, kinds={LearnerEnrolled.kind})
    yield from {stored.learner for stored in enrolled if stored.learner}
    known = select(EnrolmentRow.learner).where(EnrolmentRow.subject == path)
    yield from db.session().scalars(known.distinct())
    for rule in rules:
        if rule.path == path:
            yield from people_below(rule.organisation, {rule.who} & set(POSITIONS))


def _meant_by(said: RuleSet | RuleWithdrawn) -> Iterable[str]:
    name = rule_id(said.organisation, said.who, said.target)
    known = select(EnrolmentRow.learner).where(EnrolmentRow.rule == name)
    yield from db.session().scalars(known.distinct())
    yield from people_below(said.organisation, {said.who} & set(POSITIONS))


def _offices(histories: Mapping[str, Sequence[Stored]]) -> set[str]:
    return {
        stored.event.office
        for told in histories.values()
        for stored in told
        if isinstance(stored.event, LearnerRegistered | LearnerMoved | AssignmentBegun)
    }


def _posts(learners: Collection[str]) -> dict[str, list[Post]]:
    held = posts_of(learners)
    places = tree_paths(organisation for posts in held.values() for _, organisation, _ in posts)
    return {
        learner: [Post(since, places.get(at, ""), position) for position, at, since in posts]
        for learner, posts in held.items()
    }


def _rows(
    learner: str,
    told: Sequence[Stored],
    rules: Sequence[Rule],
    paths: Mapping[str, Path],
    places: Mapping[str, str],
    posts: Sequence[Post],
) -> Iterable[dict[str, Any]]:
    stays = stays_of(told, places, now().date())
    home = stays[-1].place if stays else ""
    here = {"learner": learner, "office": _last_step(home), "path": home, "open": _is_open(told)}
    for asked in asked_of(told, rules, stays, posts):
        what = {"subject": asked.subject, "organisation": asked.organisation, "rule": asked.rule}
        days = {"since": asked.since.isoformat(), "due": asked.due}
        for place, course in enumerate(_courses(asked, paths)):
            yield {**here, **what, **days, "course": course, "place": place}


def _courses(asked: Asked, paths: Mapping[str, Path]) -> Sequence[str]:
    if not asked.is_path:
        return (asked.subject,)
    path = paths.get(asked.subject)
    return path.courses if path else ()


def _last_step(place: str) -> str:
    return place.rstrip("/").rsplit("/", 1)[-1]


def _is_open(told: Sequence[Stored]) -> bool:
    if any(isinstance(stored.event, LearnerErased) for stored in told):
        return False
    said = [s for s in told if isinstance(s.event, LearnerClosed | LearnerReopened)]
    last = max(said, key=lambda s: (s.at, s.id), default=None)
    return last is None or isinstance(last.event, LearnerReopened)


PROJECTORS = (Paths(), Rules(), Enrolments(), Reminders())
