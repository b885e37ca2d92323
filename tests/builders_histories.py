"""Random histories of learners in one course, as Hypothesis draws them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as some

from lms.base.ids import derived_id
from lms.courses.rules import Edition, draw_questions
from lms.learning.events import (
    AttemptStarted,
    AttemptSubmitted,
    CourseStarted,
    LessonFinished,
    QuestionAnswered,
)
from lms.people.events import (
    LearnerChanged,
    LearnerMoved,
    LearnerRegistered,
    OrganisationMoved,
    PositionGiven,
    PositionWithdrawn,
)
from lms.record.events import Actor, Event, EventVoided, Happened
from tests.builders import SPRING

LEARNERS = ("awa", "kofi")
DAYS = tuple((SPRING + timedelta(days=days)).date().isoformat() for days in range(4))


class Teller:
    """Turns draws into events of one course; ids follow from their number."""

    def __init__(self, draw: Any, edition: Edition, tree: dict[str, str]) -> None:
        self.draw = draw
        self.edition = edition
        self.tree = tree
        self.told: list[Happened] = []

    def pick(self, choices: Sequence[Any]) -> Any:
        """One of the choices."""
        return self.draw(some.sampled_from(choices))

    def tell(self, event: Event, *, id_: str = "", at: datetime | None = None) -> None:
        """Adds an event, at one of few moments so that many fall together."""
        moment = at or SPRING + timedelta(hours=self.draw(some.integers(0, 72)))
        event_id = id_ or derived_id("history", str(len(self.told)))
        self.told.append(Happened(event, event_id, Actor("somebody", "officer"), moment))

    def registration(self, learner: str) -> None:
        """The learner comes into being."""
        office = self.tree[self.pick(("CI-OP-ABJ-01", "CI-OP-ABJ-02", "KE-OP-NBO-01"))]
        self.tell(LearnerRegistered(learner, "N", office, "employee", "female", 1990))

    def life(self, learner: str) -> None:
        """Something about the person or an organisation."""
        office = self.tree[self.pick(("CI-OP-ABJ-01", "CI-OP-ABJ-02", "KE-OP-NBO-01"))]
        day = self.pick(DAYS)
        events = (
            LearnerMoved(learner, office, self.pick(("employee", "contract")), day),
            LearnerChanged(learner, sex=self.pick(("male", None)), birth_year=1985),
            LearnerChanged(learner, language="en"),
            PositionGiven(learner, "manager", self.tree["CI-OP"], day),
            PositionWithdrawn(learner, "manager", self.tree["CI-OP"], day),
            OrganisationMoved(
                self.tree["CI-OP-ABJ-02"], self.tree[self.pick(("KE-OP", "CI-OP-ABJ"))], day
            ),
        )
        self.tell(self.pick(events))

    def lesson(self, learner: str) -> None:
        """A lesson left, or a question of it answered."""
        lesson = self.pick(self.edition.lessons)
        slug, edition = self.edition.slug, self.edition.hash
        if not lesson.question_ids or self.draw(some.booleans()):
            self.tell(LessonFinished(learner, slug, edition, lesson.id, "fr", 60))
        else:
            self.answer(learner, self.pick(lesson.question_ids), None)

    def answer(self, learner: str, question: str, attempt: str | None) -> None:
        """One answer, right or wrong or strange."""
        answer = self.pick(({"chosen": ["yes"]}, {"chosen": ["no"]}, {"text": "2"}))
        slug, edition = self.edition.slug, self.edition.hash
        self.tell(QuestionAnswered(learner, slug, edition, question, answer, "en", attempt))

    def trial(self, learner: str) -> None:
        """Parts of an attempt: begun, some answers, handed in or not."""
        attempt = derived_id(learner, self.pick(("first", "second")))
        slug, edition, test = self.edition.slug, self.edition.hash, self.edition.test
        assert test is not None
        if all(happened.id != attempt for happened in self.told):
            self.tell(AttemptStarted(learner, slug, edition, "fr"), id_=attempt)
        for question in draw_questions(test, attempt)[: self.draw(some.integers(0, 5))]:
            self.answer(learner, question, attempt)
        if self.draw(some.booleans()):
            self.tell(AttemptSubmitted(learner, slug, edition, attempt))

    def completion(self, learner: str) -> None:
        """Everything a completion needs; the test has a right answer for every question."""
        slug, edition = self.edition.slug, self.edition.hash
        self.tell(CourseStarted(learner, slug, edition, "fr"))
        for lesson in self.edition.lessons:
            self.tell(LessonFinished(learner, slug, edition, lesson.id, "fr", 60))
            for question in lesson.question_ids:
                self.answer(learner, question, None)
        attempt, late = derived_id(learner, "right"), SPRING + timedelta(hours=73)
        self.tell(AttemptStarted(learner, slug, edition, "fr"), id_=attempt)
        assert self.edition.test is not None
        for question in draw_questions(self.edition.test, attempt):
            right = {"chosen": ["yes" if int(question.rsplit("-")[-1]) % 2 else "no"]}
            self.tell(QuestionAnswered(learner, slug, edition, question, right, "fr", attempt))
        self.tell(AttemptSubmitted(learner, slug, edition, attempt), at=late)

    def void(self) -> None:
        """Something is declared never to have counted."""
        if self.told:
            self.tell(EventVoided(self.pick(self.told).id, "mistake"))


@some.composite
def histories(draw: Any, edition: Edition, tree: dict[str, str]) -> list[Happened]:
    """What happened to Awa and Kofi, in no order."""
    teller = Teller(draw, edition, tree)
    for learner in LEARNERS:
        teller.registration(learner)
        if draw(some.booleans()):
            teller.completion(learner)
    for _ in range(draw(some.integers(0, 6))):
        act = teller.pick((teller.life, teller.lesson, teller.trial))
        act(teller.pick(LEARNERS))
    for _ in range(draw(some.integers(0, 2))):
        teller.void()
    return teller.told


@some.composite
def arrivals(draw: Any, history: list[Happened]) -> list[list[Happened]]:
    """The same events in any order, in any portions, some of them twice."""
    order = draw(some.permutations(history))
    again = draw(some.lists(some.sampled_from(history), max_size=3))
    order = [*order, *again]
    cuts = sorted(draw(some.sets(some.integers(1, len(order)), max_size=4)) | {len(order)})
    return [order[start:end] for start, end in zip([0, *cuts], cuts, strict=False)]
