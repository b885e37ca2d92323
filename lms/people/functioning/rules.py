"""What is asked, and what follows from the answers. Pure.

The words of the questions are those of the Washington Group on Disability Statistics (see
`wordings`), never changed nor translated here: a language without an official text is not offered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, get_args

from lms.base.language import sentence
from lms.base.refusals import Refusal

Answer = Literal["no", "some", "a-lot", "cannot", "refused"]
ANSWERS: Final[tuple[Answer, ...]] = get_args(Answer)
Disability = Literal["yes", "no", "not-asked", "refused"]
DISABILITIES: Final[tuple[Disability, ...]] = get_args(Disability)
CONSENT_VERSION: Final = 1
DOMAINS: Final = ("seeing", "hearing", "walking", "remembering", "self-care", "communicating")
_SEVERE: Final = ("a-lot", "cannot")


@dataclass(frozen=True, slots=True)
class Wording:
    """The set in one language: what leads to it, domain → question, answer → its words; where the
    words come from, and the day on which they were taken over."""

    introduction: str
    questions: Mapping[str, str]
    answers: Mapping[str, str]
    source: str
    date: date


class ConsentMissing(Refusal):
    says = sentence(
        "Nothing was kept: tick the box to agree that your answers are kept, or choose “I prefer "
        "not to say”."
    )


class WordingMissing(Refusal):
    says = sentence("These questions have no official text in this language yet.")


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody told, and what they agreed to. Empty answers: they prefer not to say."""

    answers: Mapping[str, Answer]
    language: str
    consent: int
    at: datetime


def disability(answers: Mapping[str, Answer] | None) -> Disability:
    """Yes where one activity at least is very difficult or impossible; None: never asked.

    One question that was refused does not hide a severe difficulty in another; without one, it
    leaves the answer open.
    """
    if answers is None:
        return "not-asked"
    if any(answer in _SEVERE for answer in answers.values()):
        return "yes"
    told = [answers.get(domain, "refused") for domain in DOMAINS]
    return "refused" if "refused" in told else "no"
