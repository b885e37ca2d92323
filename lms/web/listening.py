"""Pages read aloud: which recording belongs to a page, and who is offered it.

Offered at kiosks, in courses for small businesses and citizens, and to whoever has asked for it.
Where there is no recording, the page says nothing of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final

from flask import Flask, request, url_for
from flask_babel import force_locale, gettext
from werkzeug.wrappers import Response

from lms.courses import queries as courses
from lms.courses.audio.outcomes import outcome_aloud, places_after
from lms.courses.audio.queries import SCREENS as SCREENS_EDITION
from lms.courses.audio.queries import audio_saying
from lms.courses.audio.rules import (
    CHOICE,
    HINT,
    Audio,
    Wanted,
    course_aloud,
    door_aloud,
    everything_aloud,
    lesson_aloud,
    question_aloud,
    questions_of,
    screen_aloud,
)
from lms.courses.rules import Edition, FinalTestText, LessonText, Question
from lms.learning.rules import Answered
from lms.web import shelf
from lms.web.desk import say
from lms.web.kiosk_words import (
    OUTCOMES,
    SCREENS,
    WITHOUT_FIGURES,
    Words,
    sentences_read_aloud,
)
from lms.web.language import A_YEAR, LOCALES, current_language
from lms.web.standing import this_device

COOKIE: Final = "read-aloud"
_FOR_ALL_WHO_COME: Final = frozenset({"msme", "citizen"})
_FIGURE: Final = re.compile(r"%\(\w+\)s")


@dataclass(frozen=True, slots=True)
class PartAloud:
    """One part of what is read aloud; times in tenths of a second from the beginning."""

    text: str
    place: str
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Listen:
    """A recording as a page offers it: `parts` are heard in this order, and each of `further` by
    itself. `is_whole` where that is the recording from its beginning to its end. `by_part` leads
    to a page with the parts one by one, for browsers without script; None where there is none."""

    url: str
    seconds: int
    kilobytes: int
    parts: tuple[PartAloud, ...]
    by_part: str | None = None
    further: tuple[PartAloud, ...] = ()
    is_whole: bool = True

    @property
    def minutes(self) -> int:
        """Its length, begun minutes counted."""
        return -(-self.seconds // 60)

    @property
    def marks(self) -> str:
        """Where each part stands on the page, begins and ends in the recording, for the script."""
        return _marks(self.parts)

    @property
    def further_marks(self) -> str:
        """The same of what is heard by itself."""
        return _marks(self.further)


def _marks(parts: Iterable[PartAloud]) -> str:
    return " ".join(f"{one.place}:{one.begins / 10:g}-{one.ends / 10:g}" for one in parts)


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
    edition: Edition, question: Question, language: str, page: str
) -> Listen | None:
    """A question's recording, its choices in the order of `question`, the hint by itself. `page`
    is the lesson's id, or `TEST`."""
    if not is_offered(edition):
        return None
    wanted = question_aloud(_as_written(edition, question, page), language, page)
    shown = (*question.options, *question.lefts, *question.rights)
    places = ("", *(CHOICE + each.id for each in shown))
    return _listen(edition.hash, wanted, None, places, (HINT,))


def listen_to_outcome(
    edition: Edition,
    question: Question,
    answered: Answered | None,
    right: bool | None,
    language: str,
    page: str,
) -> Listen | None:
    """What is said of an answer that was given: whether it is right, and why."""
    if not is_offered(edition):
        return None
    written = _as_written(edition, question, page)
    wanted = _outcome_wanted(edition.hash, written, language, page)
    key = courses.key_of(edition.hash, question.id)
    places = places_after(question, key, answered.answer if answered else {}, right)
    return _listen(edition.hash, wanted, None, places)


def _as_written(edition: Edition, question: Question, page: str) -> Question:
    """The question with its choices in the order of the recording."""
    text = shelf.text_of(edition.hash, current_language())
    return next(one for one, _, at in questions_of(text) if (one.id, at) == (question.id, page))


def listen_to_course(edition: Edition, language: str) -> Listen | None:
    """What a course is about, at a kiosk, where one chooses it."""
    if this_device() is None:
        return None
    return _listen(edition.hash, course_aloud(shelf.text_of(edition.hash, language)), None)


def listen_to_test(edition: Edition, test: FinalTestText) -> Listen | None:
    """What stands at the door of the final test."""
    return _listen(edition.hash, door_aloud(test), None) if is_offered(edition) else None


def edition_wanted(edition: Edition, language: str) -> Iterator[Wanted]:
    """All that is read aloud of an edition in a language, before an answer and after it."""
    text = shelf.text_of(edition.hash, language)
    yield from everything_aloud(text)
    for question, spoken, page in questions_of(text):
        yield _outcome_wanted(edition.hash, question, spoken, page)


def _outcome_wanted(edition: str, question: Question, language: str, page: str) -> Wanted:
    key = courses.key_of(edition, question.id)
    words = shelf.words_of(edition, question.id, language)
    return outcome_aloud(question, key, words, language, page, words_in(OUTCOMES, language))


@lru_cache(maxsize=256)
def _lesson_aloud(lesson: LessonText) -> Wanted:
    return lesson_aloud(lesson)


def _listen(
    edition: str,
    wanted: Wanted,
    by_part: str | None,
    places: Sequence[str] = (),
    further: Sequence[str] = (),
) -> Listen | None:
    """The recording, or of its parts those that are at these places, in the order of the places."""
    found = audio_saying(edition, wanted)
    if found is None:
        return None
    parts = _parts(wanted, found)
    heard = tuple(part for place in places for part in parts if part.place == place) or parts
    is_whole = heard == parts
    tenths = sum(part.ends - part.begins for part in heard)
    seconds = -(-found.milliseconds // 1000) if is_whole else -(-tenths // 10)
    return Listen(
        url=url_for("root.media", name=found.name),
        seconds=seconds,
        kilobytes=-(-found.size // 1024),
        parts=heard,
        by_part=by_part if parts else None,
        further=tuple(part for part in parts if part.place in further),
        is_whole=is_whole,
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


def words_in(words: Words, language: str) -> dict[str, str]:
    """Words of the site in a language."""
    with force_locale(LOCALES[language]):
        return {name: say(each) for name, each in words.items()}


def screen_wanted(screen: str, language: str) -> Wanted:
    """What a screen of the kiosk says in a language."""
    return screen_aloud(screen, language, words_in(SCREENS[screen], language).values())


def sentence_wanted(text: str, language: str) -> Wanted:
    """A single sentence, in its language already."""
    name = blake2b(text.encode(), digest_size=9).hexdigest()
    return screen_aloud(f"said/{name}", language, [text])


def kiosk_wanted(language: str) -> Iterator[Wanted]:
    """All that the kiosk itself says in a language: its screens, and what they answer."""
    yield from (screen_wanted(screen, language) for screen in SCREENS)
    with force_locale(LOCALES[language]):
        said = dict.fromkeys(say(each) for each in sentences_read_aloud())
    yield from (sentence_wanted(text, language) for text in said)


def listen_to_screen(screen: str, language: str) -> Listen | None:
    """The recording of a screen, where this is a kiosk and there is one."""
    if this_device() is None:
        return None
    return _listen(SCREENS_EDITION, screen_wanted(screen, language), None)


def listen_to_sentence(text: str) -> Listen | None:
    """The recording of a sentence that the page shows; where it names a figure, what is said in
    its place."""
    if this_device() is None:
        return None
    said = _without_figures(text)
    return _listen(SCREENS_EDITION, sentence_wanted(said, current_language()), None)


def _without_figures(text: str) -> str:
    for shown, said in WITHOUT_FIGURES.items():
        before, _figure, after = _FIGURE.sub("\0", gettext(shown)).partition("\0")
        if text.startswith(before) and text.endswith(after) and len(text) > len(before + after):
            return say(said)
    return text


def install(app: Flask) -> None:
    """Gives templates the kiosk's words, and what they need to offer their recordings."""

    @app.context_processor
    def give_listening() -> dict[str, Any]:
        def of_screen(screen: str, language: str | None = None) -> Listen | None:
            return listen_to_screen(screen, language or current_language())

        def of_course(edition: Edition) -> Listen | None:
            return listen_to_course(edition, current_language())

        def words_of(screen: str) -> dict[str, str]:
            return {name: say(each) for name, each in SCREENS[screen].items()}

        return {
            "listen_to_screen": of_screen,
            "listen_to_sentence": listen_to_sentence,
            "listen_to_course": of_course,
            "kiosk_words": words_of,
            "outcome_words": {name: say(each) for name, each in OUTCOMES.items()},
            "wishes_to_listen": is_wished,
        }
