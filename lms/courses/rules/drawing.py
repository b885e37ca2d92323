"""Which questions an attempt shows, and in which order options stand.

Both follow from ids alone, through SHA-256: every server and every release gives the same, and
nothing in the order of a page tells the right answer.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lms.courses.rules.edition import FinalTest
from lms.courses.rules.questions import Option, Question


def draw_questions(test: FinalTest, attempt_id: str) -> tuple[str, ...]:
    """The ids of the questions that this attempt shows, in the order to show them."""
    return shuffled(test.question_ids, "draw", attempt_id)[: test.pool]


def option_order(question: Question, seed: str) -> Question:
    """The same question with its options, and the right-hand sides of a match, in the order of
    `seed` (an attempt's or a visit's id). Left-hand sides keep their order."""
    return replace(
        question,
        options=_reordered(question.options, "options", seed, question.id),
        rights=_reordered(question.rights, "rights", seed, question.id),
    )


def _reordered(options: Sequence[Option], *seed: str) -> tuple[Option, ...]:
    by_id = {option.id: option for option in options}
    return tuple(by_id[one] for one in shuffled(by_id, *seed))


def shuffled(ids: Iterable[str], *seed: str) -> tuple[str, ...]:
    """The ids in an order that depends on each id and the seed, not on the order given."""
    return tuple(sorted(ids, key=lambda one: _place(*seed, one)))


def hiding_order(right_order: Sequence[str], seed: str) -> tuple[str, ...]:
    """An order for storing what has to be put in order: made from the ids, never the right one."""
    order = shuffled(right_order, "hide", seed)
    return order if order != tuple(right_order) else (*order[1:], *order[:1])


def _place(*parts: str) -> bytes:
    return hashlib.sha256("\x1f".join(parts).encode()).digest()
