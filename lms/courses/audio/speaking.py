"""Making the recordings that are missing: long work, saved one by one, that can stop anywhere."""

from collections.abc import Callable, Iterable

from lms.base.database import db, writing
from lms.courses.audio.actions import drop_unused_audio, keep_audio
from lms.courses.audio.queries import recording_like, still_silent
from lms.courses.audio.rules import Wanted
from lms.courses.audio.voice import Voice, VoiceFailed, read_aloud

Progress = Callable[[int, int], None]


def speak(
    *, edition: str, wanted: Iterable[Wanted], voice: Voice, progress: Progress
) -> tuple[int, list[VoiceFailed]]:
    """Reads aloud what has no recording yet; how many were made, and what the voice could not say.

    Each recording is a transaction of its own, so that nobody waits; the same again makes nothing.
    """
    once = {(one.language, one.place): one for one in wanted}
    silent = still_silent(edition, once.values())
    made, failed = 0, []
    for number, one in enumerate(silent, start=1):
        try:
            recording = recording_like(one) or read_aloud(voice, one.parts, one.language)
        except VoiceFailed as refusal:
            failed.append(refusal)
        else:
            with writing():
                keep_audio(edition=edition, wanted=one, recording=recording)
            made += 1
        db.session().rollback()
        progress(number, len(silent))
    if made:
        with writing():
            drop_unused_audio()
    return made, failed
