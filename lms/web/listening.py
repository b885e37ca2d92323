"""Pages read aloud: which recording belongs to a page, and who is offered it.

Offered at kiosks, in courses for small businesses and citizens, and to whoever has asked for it.
Where there is no recording, the page says nothing of it.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from flask import Flask, request, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from lms.base.language import Sentence, sentence
from lms.courses.audio.queries import SCREENS, audio_saying
from lms.courses.audio.rules import (
    Audio,
    Wanted,
    lesson_aloud,
    question_aloud,
    screen_aloud,
)
from lms.courses.rules import Edition, LessonText, Question
from lms.web.desk import say
from lms.web.language import A_YEAR, LOCALES, current_language
from lms.web.standing import this_device

COOKIE: Final = "read-aloud"
_FOR_ALL_WHO_COME: Final = frozenset({"msme", "citizen"})

KIOSK_SCREENS: Final[dict[str, tuple[Sentence, ...]]] = {
    "start": (sentence("Choose your language"),),
    "choices": (
        sentence("What would you like to do?"),
        sentence("I have a card"),
        sentence("I am new"),
        sentence("Look around"),
        sentence("Help"),
    ),
    "card": (
        sentence("Your card"),
        sentence(
            "Type the number that stands on your card, or hold the square code before the reader."
        ),
    ),
    "pin": (
        sentence("Your PIN"),
        sentence("6 digits. Let nobody look on, not even the helper."),
    ),
    "new": (
        sentence("I am new"),
        sentence(
            "Go to the helper at the counter. You receive a card and a code. It costs nothing."
        ),
        sentence("Type the 6 digits here."),
    ),
    "choose-pin": (
        sentence("Choose your PIN"),
        sentence("6 digits that only you know. Not 123456, not your year of birth."),
    ),
    "pin-again": (sentence("Type your PIN once more"), sentence("The same 6 digits.")),
    "help": (
        sentence("Help"),
        sentence("You have a card: type its number, then your PIN."),
        sentence("You have no card, lost it or forgot your PIN: ask the helper at the counter."),
        sentence("You only want to see what there is: look around. Nothing about you is kept."),
        sentence(
            "When you leave, press “I have finished”. Your work is saved, and the next person sees "
            "nothing of it."
        ),
    ),
    "look": (
        sentence("Look around"),
        sentence("Read and try what you like. Nothing is kept; with a card your work is saved."),
    ),
    "finished": (sentence("You are signed out. Your work is saved. Take your card with you."),),
}
"""What each screen of the kiosk says: the very sentences that stand on it."""


@dataclass(frozen=True, slots=True)
class PartAloud:
    """One part of what is read aloud; times in tenths of a second from the beginning."""

    text: str
    place: str
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Listen:
    """A recording as a page offers it. `by_part` leads to its parts one by one, for browsers
    without script; None where there are none."""

    url: str
    seconds: int
    kilobytes: int
    parts: tuple[PartAloud, ...]
    by_part: str | None = None

    @property
    def minutes(self) -> int:
        """Its length, begun minutes counted."""
        return -(-self.seconds // 60)

    @property
    def marks(self) -> str:
        """Where each part stands on the page and begins in the recording, for the script."""
        return " ".join(f"{one.place}:{one.begins / 10:g}" for one in self.parts)


def is_offered(edition: Edition) -> bool:
    """Whether this visitor is offered to listen to this course."""
    return bool(_FOR_ALL_WHO_COME & set(edition.audience)) or is_wished()


def is_wished() -> bool:
    """Whether pages are read aloud to this visitor whatever the course."""
    return this_device() is not None or request.cookies.get(COOKIE) == "1"


def wish(response: Response, *, on: bool) -> None:
    """Remembers in this browser whether its reader likes to listen."""
    if on:
        response.set_cookie(COOKIE, "1", max_age=A_YEAR, samesite="Lax", httponly=True)
    else:
        response.delete_cookie(COOKIE, samesite="Lax", httponly=True)


def listen_to_lesson(edition: Edition, lesson: LessonText, by_part: str | None) -> Listen | None:
    """The lesson's recording, where there is one and this visitor is offered it."""
    if not is_offered(edition):
        return None
    return _listen(edition.hash, _lesson_aloud(lesson), by_part)


def listen_to_question(
    edition: Edition, question: Question, lesson: LessonText | str
) -> Listen | None:
    """A question's recording, chosen the same way. `lesson` is its lesson, or the language of the
    test it belongs to."""
    if not is_offered(edition):
        return None
    if isinstance(lesson, str):
        wanted = question_aloud(question, lesson, "test")
    else:
        wanted = question_aloud(question, lesson.language, lesson.id)
    return _listen(edition.hash, wanted, None)


@lru_cache(maxsize=256)
def _lesson_aloud(lesson: LessonText) -> Wanted:
    return lesson_aloud(lesson)


def _listen(edition: str, wanted: Wanted, by_part: str | None) -> Listen | None:
    found = audio_saying(edition, wanted)
    if found is None:
        return None
    parts = _parts(wanted, found)
    return Listen(
        url=url_for("root.media", name=found.name),
        seconds=-(-found.milliseconds // 1000),
        kilobytes=-(-found.size // 1024),
        parts=parts,
        by_part=by_part if parts else None,
    )


def _parts(wanted: Wanted, found: Audio) -> tuple[PartAloud, ...]:
    """Empty where a trainer spoke it: nobody knows where its parts begin."""
    begins = [start // 100 for start in found.starts]
    ends = [*begins[1:], -(-found.milliseconds // 100)]
    if len(begins) != len(wanted.parts):
        return ()
    return tuple(
        PartAloud(part.text, part.place, begin, end)
        for part, begin, end in zip(wanted.parts, begins, ends, strict=False)
    )


def screen_wanted(screen: str, language: str) -> Wanted:
    """What a screen of the kiosk says in a language."""
    with force_locale(LOCALES[language]):
        return screen_aloud(screen, language, [say(each) for each in KIOSK_SCREENS[screen]])


def listen_to_screen(screen: str, language: str) -> Listen | None:
    """The recording of a screen, where this is a kiosk and there is one."""
    if this_device() is None:
        return None
    return _listen(SCREENS, screen_wanted(screen, language), None)


def install(app: Flask) -> None:
    """Gives templates what they need to offer a screen's recording."""

    @app.context_processor
    def give_listening() -> dict[str, Any]:
        def of_screen(screen: str, language: str | None = None) -> Listen | None:
            return listen_to_screen(screen, language or current_language())

        return {"listen_to_screen": of_screen, "wishes_to_listen": is_wished}
