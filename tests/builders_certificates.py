"""What the tests of certificates need: an issued one, and a course done from end to end."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from lms.base.ids import new_id
from lms.certificates.events import CertificateIssued
from lms.certificates.rules import new_serial
from lms.courses.queries import keys_of
from lms.courses.rules import Edition, Kind, QuestionKey, draw_questions
from lms.learning.actions import answer_question, finish_lesson, start_attempt, submit_attempt

NOON = datetime(2025, 3, 3, 12, 0, tzinfo=UTC)


def make_issued(learner: str, **changes: Any) -> CertificateIssued:
    """An event as a server writes it; anything can be changed."""
    facts: dict[str, Any] = {
        "learner": learner,
        "certificate": new_serial(),
        "course": "parcels",
        "edition": "e1",
        "title_fr": "Les colis",
        "title_en": "Parcels",
        "completed_on": "2025-03-03",
        "percent": 80,
        "minutes": 60,
        "evidence": ["b", "a"],
    }
    return CertificateIssued(**(facts | changes))


def set_certificate(folder: Path, kind: str, valid_months: int = 0) -> None:
    """Changes what a course folder says about its certificate."""
    path = folder / "course.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("certificate:")]
    kept.append(f"certificate: {{kind: {kind}, valid_months: {valid_months}}}")
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")


def complete_course(edition: Edition, learner: str, at: datetime) -> None:
    """Every lesson, every question and the final test, all right, one second after the other."""
    keys = keys_of(edition.hash)
    for lesson in edition.lessons:
        for question in lesson.question_ids:
            _answer(edition, learner, keys[question], None, at)
        finish_lesson(
            learner=learner,
            course=edition.slug,
            edition=edition.hash,
            lesson=lesson.id,
            language="fr",
            seconds=60,
            event_id=new_id(),
            at=at,
        )
    if edition.test is not None:
        _pass_test(edition, learner, at + timedelta(seconds=1))


def _pass_test(edition: Edition, learner: str, at: datetime) -> None:
    assert edition.test is not None
    keys = keys_of(edition.hash)
    attempt = start_attempt(
        learner=learner,
        course=edition.slug,
        edition=edition.hash,
        language="fr",
        event_id=new_id(),
        at=at,
    )
    for question in draw_questions(edition.test, attempt):
        _answer(edition, learner, keys[question], attempt, at + timedelta(seconds=1))
    submit_attempt(
        learner=learner,
        course=edition.slug,
        attempt=attempt,
        event_id=new_id(),
        at=at + timedelta(seconds=2),
    )


def _answer(
    edition: Edition, learner: str, key: QuestionKey, attempt: str | None, at: datetime
) -> None:
    answer_question(
        learner=learner,
        course=edition.slug,
        edition=edition.hash,
        question=key.id,
        answer=_right_answer(key),
        language="fr",
        attempt=attempt,
        event_id=new_id(),
        at=at,
    )


def _right_answer(key: QuestionKey) -> dict[str, Any]:
    if key.kind in (Kind.ONE, Kind.SEVERAL):
        return {"chosen": list(key.right)}
    if key.kind is Kind.ORDER:
        return {"order": list(key.right)}
    if key.kind is Kind.MATCH:
        return {"pairs": dict(key.pairs)}
    return {"text": key.number or next(iter(key.accepted), "…")}
