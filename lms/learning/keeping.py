"""Progress as JSON, for its row."""

import json
from collections.abc import Mapping
from typing import Any

from lms.base.clock import as_text, from_text
from lms.learning.rules import Answered, Attempt, Progress


def to_json(progress: Progress) -> str:
    """The row's body."""
    body = {
        "seconds": progress.seconds,
        "language": progress.language,
        "finished": {key: as_text(at) for key, at in progress.finished.items()},
        "done": {key: as_text(at) for key, at in progress.lessons_done.items()},
        "required": progress.lessons_required,
        "answers": _answers_out(progress.answers),
        "attempts": [_attempt_out(attempt) for attempt in progress.attempts],
        "evidence": progress.evidence,
        "help": {mode: as_text(at) for mode, at in progress.help_in_lessons.items()},
    }
    return json.dumps(body, separators=(",", ":"), sort_keys=True)


def from_json(row: Any) -> Progress:
    """The progress kept in a row."""
    body = json.loads(row.body)
    return Progress(
        learner=row.learner,
        course=row.course,
        edition=row.edition,
        started_at=from_text(row.started_at),
        last_at=from_text(row.last_at),
        seconds=body["seconds"],
        finished={key: from_text(at) for key, at in body["finished"].items()},
        answers=_answers_in(body["answers"]),
        attempts=tuple(_attempt_in(attempt) for attempt in body["attempts"]),
        lessons_done={key: from_text(at) for key, at in body["done"].items()},
        lessons_required=body["required"],
        language=body["language"],
        evidence=tuple(body["evidence"]),
        help_in_lessons={mode: from_text(at) for mode, at in body["help"].items()},
    )


def _answers_out(answers: Mapping[str, Answered]) -> dict[str, list[Any]]:
    return {key: [a.answer, a.right, as_text(a.first_at)] for key, a in answers.items()}


def _answers_in(answers: Mapping[str, list[Any]]) -> dict[str, Answered]:
    return {key: Answered(a[0], a[1], from_text(a[2])) for key, a in answers.items()}


def _attempt_out(attempt: Attempt) -> dict[str, Any]:
    return {
        "id": attempt.id,
        "edition": attempt.edition,
        "started": as_text(attempt.started_at),
        "questions": attempt.questions,
        "answers": _answers_out(attempt.answers),
        "submitted": as_text(attempt.submitted_at) if attempt.submitted_at else None,
        "points": attempt.points,
        "out_of": attempt.out_of,
        "passed": attempt.passed,
        "help": attempt.help,
    }


def _attempt_in(body: Mapping[str, Any]) -> Attempt:
    return Attempt(
        id=body["id"],
        edition=body["edition"],
        started_at=from_text(body["started"]),
        questions=tuple(body["questions"]),
        answers=_answers_in(body["answers"]),
        submitted_at=from_text(body["submitted"]) if body["submitted"] else None,
        points=body["points"],
        out_of=body["out_of"],
        passed=body["passed"],
        help=body["help"],
    )
