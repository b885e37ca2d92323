"""Reading courses and the kiosk's screens aloud: by hand, or by itself while the server runs."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click
import structlog
from flask import Flask, current_app

from lms.base.database import RecordIsReadOnly, db, writing
from lms.base.language import LANGUAGES, sentence
from lms.base.refusals import Refusal
from lms.cli.server import on_the_record, progress_bar, this_server
from lms.courses import queries as courses
from lms.courses.audio.actions import keep_recordings
from lms.courses.audio.queries import SCREENS
from lms.courses.audio.speaking import speak
from lms.courses.audio.voice import Voice, VoiceFailed, find_voice
from lms.courses.reader import read_course
from lms.courses.rules import Edition
from lms.settings import Settings
from lms.web.listening import edition_wanted, kiosk_wanted

log = structlog.get_logger("lms.speech")
_FIRST_AFTER: Final = 15
_EVERY: Final = 30
"""Seconds between two looks at whether an edition was published that has no recordings yet."""
Progress = Callable[[int, int], None]


class NoVoice(Refusal):
    says = sentence(
        "No voice is installed on this machine. Install espeak-ng, and opus-tools or ffmpeg, then "
        "call this again. Without them the site misses nothing but being read aloud."
    )


@click.command("speak")
@click.argument("slugs", nargs=-1)
@on_the_record
def speak_courses(slugs: tuple[str, ...]) -> None:
    """Read aloud what has no recording yet, of all courses or of those named."""
    settings = this_server().settings
    voice = find_voice()
    failed: list[VoiceFailed] = []
    for edition in editions_to_speak(slugs):
        if keep_trainers_recordings(edition, settings.courses_dir / edition.slug):
            click.echo(f"{edition.slug}: recordings of the folder kept")
        if voice is None:
            continue
        bar, move = progress_bar(edition.slug)
        with bar:
            made, wrong = speak_edition(edition, voice, move)
            move(1, 1)
        failed += wrong
        click.secho(f"{edition.slug}: {made} recordings made", fg="green")
    _say_failures(failed)
    if voice is None:
        raise NoVoice


@click.group()
def kiosk() -> None:
    """The shared machines of post offices."""


@kiosk.command("speak")
@on_the_record
def speak_screens() -> None:
    """Read the kiosk's own screens aloud, in every language."""
    voice = find_voice()
    if voice is None:
        raise NoVoice
    bar, move = progress_bar("kiosk")
    with bar:
        made, failed = speak_kiosk(voice, move)
        move(1, 1)
    click.secho(f"kiosk: {made} recordings made", fg="green")
    _say_failures(failed)


def _say_failures(failed: Iterable[VoiceFailed]) -> None:
    for text in dict.fromkeys(str(each) for each in failed):
        click.secho(text, fg="red", err=True)


def editions_to_speak(slugs: tuple[str, ...] = ()) -> list[Edition]:
    """The current editions, courses for everybody first."""
    found = [card.edition for card in courses.catalogue("fr")]
    if slugs:
        found = [courses.current_edition(slug) for slug in slugs]
    return sorted(found, key=lambda edition: edition.audience == ("staff",))


def keep_trainers_recordings(edition: Edition, folder: Path) -> bool:
    """Takes in what a trainer put beside the course since it was published."""
    if not (folder / "course.yaml").is_file():
        return False
    course = read_course(folder)
    if course.content_hash != edition.hash:
        return False
    with writing():
        return keep_recordings(edition=edition.hash, files=course.recordings)


def speak_edition(
    edition: Edition, voice: Voice, progress: Progress
) -> tuple[int, list[VoiceFailed]]:
    """Reads aloud what an edition has no recording of, with this operator's values."""
    with current_app.test_request_context():
        wanted = [each for one in edition.languages for each in edition_wanted(edition, one)]
    return speak(edition=edition.hash, wanted=wanted, voice=voice, progress=progress)


def speak_kiosk(voice: Voice, progress: Progress) -> tuple[int, list[VoiceFailed]]:
    """Reads aloud the screens of the kiosk that have no recording yet."""
    with current_app.test_request_context():
        wanted = [each for language in LANGUAGES for each in kiosk_wanted(language)]
    return speak(edition=SCREENS, wanted=wanted, voice=voice, progress=progress)


def keep_speaking(app: Flask, settings: Settings) -> None:
    """Makes what is missing in a thread of its own, at the start and soon after each publishing;
    of several workers one does it. Where no voice is installed, nothing is started."""
    voice = find_voice() if settings.read_aloud else None
    if voice:
        thread = threading.Thread(target=_speak_for_ever, args=(app, settings, voice), daemon=True)
        thread.start()


def _speak_for_ever(app: Flask, settings: Settings, voice: Voice) -> None:
    spoken: set[str] = set()
    time.sleep(_FIRST_AFTER)
    with _alone(settings.instance_dir / "speaking.lock"):
        while True:
            with app.app_context():
                try:
                    _speak_what_is_new(spoken, voice)
                except RecordIsReadOnly:
                    return
                except Exception:  # the next look is another try; the site misses nothing else
                    log.exception("reading aloud failed")
                finally:
                    db.session.remove()
            time.sleep(_EVERY)


def _speak_what_is_new(spoken: set[str], voice: Voice) -> None:
    if SCREENS not in spoken:
        speak_kiosk(voice, _quietly)
        spoken.add(SCREENS)
    for edition in editions_to_speak():
        if edition.hash not in spoken:
            speak_edition(edition, voice, _quietly)
            spoken.add(edition.hash)


def _quietly(_done: int, _total: int) -> None:
    pass


@contextmanager
def _alone(path: Path) -> Iterator[Any]:
    """Waits until no other process of this server does the same."""
    import fcntl  # where gunicorn runs there is one; other commands must start without

    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
