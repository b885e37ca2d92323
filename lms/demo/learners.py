"""What demo learners do in a term: some finish, some stop, some fail first."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lms.base.ids import derived_id
from lms.courses import queries as courses
from lms.courses.rules import Edition, Kind, QuestionKey, draw_questions
from lms.learning.events import (
    AttemptStarted,
    AttemptSubmitted,
    CourseStarted,
    LessonFinished,
    QuestionAnswered,
)
from lms.record.events import Actor, Event, Happened


@dataclass(slots=True)
class Story:
    """One demo person in one course, told from `at` on."""

    person: str
    edition: Edition
    language: str
    at: datetime
    dice: random.Random
    step: int = 0

    def _tell(self, event: Event, minutes: float) -> Happened:
        self.at += timedelta(minutes=minutes)
        self.step += 1
        event_id = derived_id("demo", self.person, self.edition.slug, str(self.step))
        return Happened(event, event_id, Actor(self.person), self.at, "demo")

    def events(self, *, lessons: int, tries: tuple[float, ...]) -> Iterator[Happened]:
        """The first `lessons` lessons with their questions, then a try at the test for each
        share of right answers in `tries`."""
        slug, edition = self.edition.slug, self.edition.hash
        yield self._tell(CourseStarted(self.person, slug, edition, self.language), 0)
        for lesson in self.edition.lessons[:lessons]:
            seconds = int(lesson.minutes * 60 * self.dice.uniform(0.6, 1.4))
            done = LessonFinished(self.person, slug, edition, lesson.id, self.language, seconds)
            yield self._tell(done, seconds / 60)
            for question in lesson.question_ids:
                yield self._tell(self._answer(question, 0.8, None), 0.5)
            self.at += timedelta(hours=self.dice.choice((0, 0, 20, 44)))
        for share in tries:
            yield from self._try(share)

    def _try(self, share: float) -> Iterator[Happened]:
        started = self._tell(
            AttemptStarted(self.person, self.edition.slug, self.edition.hash, self.language), 60
        )
        yield started
        test = self.edition.test
        for question in draw_questions(test, started.id) if test else ():
            yield self._tell(self._answer(question, share, started.id), 0.6)
        yield self._tell(
            AttemptSubmitted(self.person, self.edition.slug, self.edition.hash, started.id), 0.2
        )

    def _answer(self, question: str, share: float, attempt: str | None) -> QuestionAnswered:
        key = courses.key_of(self.edition.hash, question)
        right = self.dice.random() < share
        answer = right_answer(key) if right else wrong_answer(key)
        return QuestionAnswered(
            self.person,
            self.edition.slug,
            self.edition.hash,
            question,
            answer,
            self.language,
            attempt,
        )


def right_answer(key: QuestionKey) -> dict[str, Any]:
    """An answer that the key takes."""
    if key.kind in (Kind.ONE, Kind.SEVERAL):
        return {"chosen": sorted(key.right)}
    if key.kind == Kind.ORDER:
        return {"order": list(key.right)}
    if key.kind == Kind.MATCH:
        return {"pairs": dict(key.pairs)}
    if key.kind == Kind.NUMBER:
        return {"text": str(key.number)}
    return {"text": next(iter(key.accepted), "–")}


def wrong_answer(key: QuestionKey) -> dict[str, Any]:
    """An answer that the key refuses, made of ids that exist."""
    words = key.in_language("fr").feedback_html
    if key.kind in (Kind.ONE, Kind.SEVERAL):
        return {"chosen": [next((i for i in words if i not in key.right), key.right[0])]}
    if key.kind == Kind.ORDER:
        return {"order": list(reversed(key.right))}
    if key.kind == Kind.MATCH:
        rights = list(key.pairs.values())
        return {"pairs": dict(zip(key.pairs, rights[1:] + rights[:1], strict=True))}
    return {"text": "0"}
