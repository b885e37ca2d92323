"""What a correction may be about, and its refusals. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from lms.base.language import Sentence, sentence
from lms.base.refusals import Refusal

ABOUT: Final[Mapping[str, Sentence]] = {
    "name": sentence("My name"),
    "number": sentence("My staff number, e-mail address or telephone number"),
    "office": sentence("My office or my employment"),
    "facts": sentence("My sex, my year of birth or my language"),
    "learning": sentence("A lesson, a test or a workshop"),
    "other": sentence("Something else"),
}
LONGEST_TEXT: Final = 1000
LONGEST_ANSWER: Final = 1000
MOST_OPEN: Final = 5

State = Literal["open", "put-right", "left"]


class CorrectionUnknown(Refusal):
    says = sentence("There is no such request here. Load the list of requests again.")


class AnsweredAlready(Refusal):
    says = sentence("This request was answered already. Load the list of requests again.")


class TooManyOpen(Refusal):
    says = sentence(
        "You have several open requests. Wait for their answers, or speak with your manager."
    )


@dataclass(frozen=True, slots=True)
class Correction:
    """One request. `text` and `answer` are empty where the person's name was removed since."""

    id: str
    person: str
    about: str
    text: str
    asked_at: datetime
    state: State
    answer: str
    answered_at: datetime | None
