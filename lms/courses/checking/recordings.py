"""Lessons that a trainer has recorded: named after their lesson, playable, light."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from lms.base.language import Sentence, sentence
from lms.courses.audio.rules import HEAVIEST, Recording, recorded_place
from lms.courses.audio.sounds import Sound, examine_sound
from lms.courses.rules.course import Course, Problem, Severity, SourceFile

_SOUND: Final = {".opus": ("opus",), ".ogg": ("opus", "ogg"), ".mp3": ("mp3",)}


def problems(course: Course) -> Iterator[Problem]:
    """What is wrong with each recording of the folder."""
    taken: dict[tuple[str, str], str] = {}
    for path, file in sorted(course.recordings.items()):
        place = recorded_place(path)
        if place is None or not _is_there(course, *place):
            yield Problem(path, 1, _NO_LESSON, "warning")
        elif place in taken:
            yield Problem(path, 1, _second(taken[place]), "warning")
        else:
            taken[place] = path
        what = _wrong(file, examine_sound(file.data))
        if what:
            yield Problem(path, 1, *what)


def _is_there(course: Course, lesson: str, language: str) -> bool:
    return language in course.facts.languages and any(one.id == lesson for one in course.lessons)


def _wrong(file: SourceFile, sound: Sound | None) -> tuple[Sentence, Severity] | None:
    ending = PurePosixPath(file.path).suffix.lower()
    if sound is None or sound.ending not in _SOUND[ending]:
        return _NOT_SOUND, "error"
    rate = Recording(sound.media_type, sound.milliseconds, (), file.data).bits_a_second
    if rate * 20 > HEAVIEST * 21:  # what wraps the sound weighs a little too
        return _heavy(rate, sound.milliseconds), "warning"
    return None


_NO_LESSON: Final = sentence(
    "No lesson has this name in this language. Name the recording media/lesson.fr.opus after the "
    "lesson's file without its number, or remove it."
)
_NOT_SOUND: Final = sentence(
    "This file does not hold the sound its name promises. Save the recording as Opus or Vorbis "
    "(.opus, .ogg) or MP3 (.mp3)."
)


def _second(other: str) -> Sentence:
    return sentence(
        "The recording %(other)s is of the same lesson and is the one that is heard. Keep one.",
        other=other,
    )


def _heavy(rate: int, milliseconds: int) -> Sentence:
    return sentence(
        "This recording weighs %(rate)s kbit/s. Save it again at 24 kbit/s or less, in one "
        "channel: its %(seconds)s seconds then weigh %(size)s KB at most.",
        rate=round(rate / 1000),
        seconds=milliseconds // 1000,
        size=max(1, milliseconds * HEAVIEST // 8000 // 1024),
    )
