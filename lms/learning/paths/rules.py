"""Who is asked what, until when, and what follows from it. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Final

from lms.base.ids import derived_id
from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.learning.paths.events import LearnerEnrolled, LearnerUnenrolled
from lms.people.events import LearnerMoved, LearnerRegistered
from lms.people.rules import EMPLOYMENTS, POSITIONS, assignments_from
from lms.record.events import Stored

EVERYBODY: Final = "everybody"
WHO: Final = (EVERYBODY, *EMPLOYMENTS, *POSITIONS[1:])
SOON: Final = timedelta(days=7)
REMIND_AGAIN: Final = timedelta(days=7)
MOST_DAYS: Final = 3650


class NoCourses(Refusal):
    says = sentence("A path needs at least one course. Choose one.")


class PathUnknown(Refusal):
    says = sentence("There is no such learning path. It may have been withdrawn.")


class DueInThePast(Refusal):
    says = sentence("Give today or a later day as the day to finish.")


@dataclass(frozen=True, slots=True)
class Path:
    """Courses in an order, of an organisation and for all below it."""

    id: str
    organisation: str
    title_fr: str
    title_en: str
    courses: tuple[str, ...]

    def title(self, language: str) -> str:
        """Its title in a language."""
        return self.title_fr if language == "fr" else self.title_en


@dataclass(frozen=True, slots=True)
class Rule:
    """Everybody who is `who` at the organisation and below follows a path, since a day, within
    `days` (0: until no day). `scope` is the organisation's place in the tree."""

    id: str
    organisation: str
    who: str
    path: str
    days: int
    since: date
    scope: str

    def due_for(self, since: date) -> str:
        """Until which day, for somebody to whom it applies since a day."""
        start = max(since, self.since)
        return (start + timedelta(days=self.days)).isoformat() if self.days else ""


@dataclass(frozen=True, slots=True)
class Stay:
    """Where somebody belongs since a day; `place` is the office's place in the tree. At one's own
    office one stays until the next stay begins; at a `further` one until a day (None: still)."""

    since: date
    place: str
    employment: str
    until: date | None = None
    further: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """A position that somebody holds at a place in the tree, since a day."""

    since: date
    place: str
    position: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked of a learner: a course, or a path (`subject`). `rule` is empty where
    a person asked."""

    subject: str
    is_path: bool
    since: date
    due: str
    organisation: str
    rule: str = ""


class Standing(Enum):
    """How a learner stands with one course that is asked of them."""

    NOT_BEGUN = "not-begun"
    BEGUN = "begun"
    DONE = "done"
    LATE = "late"


def rule_id(organisation: str, who: str, path: str) -> str:
    """The same organisation, people and path are one rule."""
    return derived_id("rule", organisation, who, path)


def standing(*, begun: bool, done: bool, due: str, today: date) -> Standing:
    """Late is what is not done the day after it was due."""
    if done:
        return Standing.DONE
    if due and due < today.isoformat():
        return Standing.LATE
    return Standing.BEGUN if begun else Standing.NOT_BEGUN


def stays_of(events: Iterable[Stored], places: Mapping[str, str], today: date) -> list[Stay]:
    """Where somebody has belonged: at further offices, then at their own, the present one last.
    `places`: office → place in the tree. Nothing of somebody who is not registered."""
    history = sorted((s for s in events if s.event), key=lambda s: (s.at, s.id))
    homes = _homes(history, places, today)
    return [*_further(history, places, today), *homes] if homes else []


def _homes(history: Sequence[Stored], places: Mapping[str, str], today: date) -> list[Stay]:
    stays = [
        Stay(s.at.date(), places.get(s.event.office, ""), s.event.employment)
        for s in history
        if isinstance(s.event, LearnerRegistered)
    ][:1]
    moves = [
        (s.event.on, s.at, s.id, s.event)
        for s in history
        if isinstance(s.event, LearnerMoved) and s.event.on <= today.isoformat()
    ]
    for on, _, _, move in sorted(moves, key=lambda each: each[:3]) if stays else ():
        place = places.get(move.office, "")
        stays.append(Stay(date.fromisoformat(on), place, move.employment))
    return stays


def _further(history: Sequence[Stored], places: Mapping[str, str], today: date) -> list[Stay]:
    return [
        Stay(
            since=date.fromisoformat(held.since),
            place=places.get(held.office, ""),
            employment=held.employment,
            until=None if held.holds_on(today) else date.fromisoformat(held.until),
            further=True,
        )
        for held in assignments_from(history)
        if held.since <= today.isoformat()
    ]


def applies_since(rule: Rule, stays: Sequence[Stay], posts: Iterable[Post]) -> date | None:
    """Since which day the rule has meant somebody without a break, at whichever of their offices;
    None where it does not now."""
    if rule.who in POSITIONS:
        days = [p.since for p in posts if p.position == rule.who and _inside(rule, p.place)]
        return min(days, default=None)
    meant = [
        (stay.since, until)
        for stay, until in _with_ends(stays)
        if _inside(rule, stay.place) and rule.who in (EVERYBODY, stay.employment)
    ]
    since = min((begins for begins, ends in meant if ends is None), default=None)
    for begins, ends in sorted(meant, key=lambda each: each[1] or date.max, reverse=True):
        if since is not None and ends is not None and ends >= since:
            since = min(since, begins)
    return since


def _with_ends(stays: Sequence[Stay]) -> Iterator[tuple[Stay, date | None]]:
    """Each stay with the day on which it ended."""
    homes = [stay for stay in stays if not stay.further]
    for place, stay in enumerate(homes, start=1):
        yield stay, homes[place].since if place < len(homes) else None
    yield from ((stay, stay.until) for stay in stays if stay.further)


def _inside(rule: Rule, place: str) -> bool:
    return bool(rule.scope) and place.startswith(rule.scope)


def asked_of(
    told: Iterable[Stored], rules: Iterable[Rule], stays: Sequence[Stay], posts: Sequence[Post]
) -> list[Asked]:
    """What is asked of one learner now: the last word of a person about a course or path holds,
    until a rule begins to mean the learner after it."""
    last = _last_words(told)
    found = {subject: asked for subject, (asked, _) in last.items() if asked}
    for rule in sorted(rules, key=lambda each: each.id):
        since = applies_since(rule, stays, posts)
        if since is None or (rule.path in found and not found[rule.path].rule):
            continue
        begins = max(since, rule.since)
        if rule.path in last and last[rule.path][1] >= begins:
            continue  # somebody took it back after the rule had begun to mean the learner
        asked = Asked(rule.path, True, begins, rule.due_for(since), rule.organisation, rule.id)
        known = found.get(rule.path)
        if known is None or (asked.due or "9") < (known.due or "9"):
            found[rule.path] = asked
    return [found[subject] for subject in sorted(found)]


def _last_words(told: Iterable[Stored]) -> dict[str, tuple[Asked | None, date]]:
    last: dict[str, tuple[Asked | None, date]] = {}
    for stored in sorted(told, key=lambda s: (s.at, s.id)):
        event, day = stored.event, stored.at.date()
        if not isinstance(event, LearnerEnrolled | LearnerUnenrolled):
            continue
        subject = event.target or event.course
        if subject is None:
            continue
        asked = None
        if isinstance(event, LearnerEnrolled):
            path = event.target is not None
            asked = Asked(subject, path, day, event.due, event.organisation)
        last[subject] = (asked, day)
    return last


def is_to_remind(dues: Iterable[str], reminded_on: date | None, today: date) -> bool:
    """Whether somebody with these open days is reminded today: of what is late or due within a
    week, once a week at most."""
    if reminded_on is not None and today < reminded_on + REMIND_AGAIN:
        return False
    limit = (today + SOON).isoformat()
    return any(due and due <= limit for due in dues)
