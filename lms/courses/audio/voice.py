"""The voice of this server: espeak-ng speaks, opusenc or ffmpeg packs. Without them nothing is
read aloud, and nothing else is missing."""

import io
import re
import shutil
import subprocess
import wave
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.courses.audio.rules import Part, Recording
from lms.courses.audio.sounds import examine_sound

_VOICES: Final[Mapping[str, str]] = {"fr": "fr-fr", "en": "en-gb"}
_WORDS_A_MINUTE: Final = "140"
_KILOBITS: Final = "16"
_PAUSE: Final = 0.4
"""Seconds between two parts: where a browser lands a little beside a part's start, it is here."""
_LONGEST: Final = 120
"""Seconds that a part may take to speak or a recording to pack."""
_SAMPLE: Final = 2
_BETWEEN_THOUSANDS: Final = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))")
_PHONEMES: Final = re.compile(r"\[\[|\]\]")
_SAID_AS: Final = str.maketrans(
    {"«": " ", "»": " ", "“": " ", "”": " ", "\u00a0": " ", "\u202f": " ", "’": "'", "→": ", "}
)


class VoiceFailed(Refusal):
    says = sentence(
        "The voice could not read this aloud: %(what)s. Check that espeak-ng knows the language "
        "“%(language)s” and that opusenc or ffmpeg works."
    )


@dataclass(frozen=True, slots=True)
class Voice:
    """Two programs: what speaks, and what packs (the whole command but for the sampling rate).
    Both let the pages go first."""

    speaker: tuple[str, ...]
    packer: tuple[str, ...]


def find_voice() -> Voice | None:
    """The voice that is installed on this machine."""
    speaker, packer = shutil.which("espeak-ng"), _packer()
    if not speaker or not packer:
        return None
    nice = shutil.which("nice")
    before = (nice, "-n", "15") if nice else ()
    return Voice((*before, speaker), (*before, *packer))


def _packer() -> tuple[str, ...] | None:
    """The same sound comes out as the same bytes: no dates, no random numbers."""
    opusenc, ffmpeg = shutil.which("opusenc"), shutil.which("ffmpeg")
    if opusenc:
        given = (
            f"--quiet --bitrate {_KILOBITS} --speech --framesize 60 --serial 1 --padding 0 "
            "--raw --raw-chan 1 --raw-rate {rate} - -"
        )
        return (opusenc, *given.split())
    if ffmpeg:
        given = (
            "-loglevel error -f s16le -ac 1 -ar {rate} -i - -c:a libopus "
            f"-b:a {_KILOBITS}k -application voip -frame_duration 60 -fflags +bitexact -f ogg -"
        )
        return (ffmpeg, *given.split())
    return None


def read_aloud(voice: Voice, parts: Sequence[Part], language: str) -> Recording:
    """The parts, one after the other, as Opus in Ogg. Refuses with `VoiceFailed`."""
    spoken = [_speak(voice, part.text, language) for part in parts]
    rate = spoken[0][0]
    pause = bytes(int(rate * _PAUSE) * _SAMPLE)
    sounds = [sound + pause for _, sound in spoken]
    starts = accumulate((len(sound) for sound in sounds[:-1]), initial=0)
    data = _pack(voice, b"".join(sounds), rate, language)
    sound = examine_sound(data)
    if sound is None:
        raise VoiceFailed(what="Ogg", language=language)
    return Recording(
        media_type=sound.media_type,
        milliseconds=sound.milliseconds,
        starts=tuple(start * 1000 // (rate * _SAMPLE) for start in starts),
        data=data,
    )


def words_for_voice(text: str) -> str:
    """The text as the voice understands it: figures whole, signs that are not said taken out, a
    full stop where the voice should fall."""
    text = _BETWEEN_THOUSANDS.sub("", text)
    text = _PHONEMES.sub(" ", text).translate(_SAID_AS).strip()
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def _speak(voice: Voice, text: str, language: str) -> tuple[int, bytes]:
    """(samples a second, 16-bit samples of one channel)."""
    name = _VOICES.get(language, language)
    command = [*voice.speaker, "-v", name, "-s", _WORDS_A_MINUTE, "-b", "1", "--stdin", "--stdout"]
    data = _run(command, words_for_voice(text).encode(), language)
    try:
        with wave.open(io.BytesIO(data)) as sound:
            return sound.getframerate(), sound.readframes(sound.getnframes())
    except (wave.Error, EOFError):
        raise VoiceFailed(what=text[:60], language=language) from None


def _pack(voice: Voice, sound: bytes, rate: int, language: str) -> bytes:
    return _run([word.format(rate=rate) for word in voice.packer], sound, language)


def _run(command: Sequence[str], given: bytes, language: str) -> bytes:
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, timeout=_LONGEST, check=True
        )
    except (OSError, subprocess.SubprocessError) as problem:
        raise VoiceFailed(what=type(problem).__name__, language=language) from problem
    return done.stdout
