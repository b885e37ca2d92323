"""What is said of a lesson, and what a sound file is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.courses.audio.rules import lesson_aloud, question_aloud, recorded_place
from lms.courses.audio.sounds import examine_sound
from lms.courses.audio.spoken_html import said_in
from lms.courses.audio.voice import words_for_voice
from lms.courses.checking import check_course
from lms.courses.preview import preview_of
from lms.courses.rules.edition import LessonText
from lms.courses.rules.questions import Question
from tests.builders_audio import make_mp3, make_ogg
from tests.builders_courses import make_course_folder


def texts(html: str, language: str = "en") -> list[str]:
    """What is said, without the numbers of the blocks."""
    return [one.text for one in said_in(html, language)]


def lesson_of(folder: Path, language: str, name: str = "weigh") -> LessonText:
    """A lesson as it is published."""
    lesson = preview_of(folder).texts[language].lesson(name)
    assert lesson is not None
    return lesson


def question_of(folder: Path, language: str, lesson: str, name: str) -> Question:
    """A question as it is published."""
    question = lesson_of(folder, language, lesson).question(name)
    assert question is not None
    return question


def test_a_lesson_is_said_in_the_order_in_which_it_is_read(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    said = [part.text for part in lesson_aloud(lesson_of(folder, "fr")).parts]

    assert said == [
        "Peser un colis",
        "Lire le poids et le prix.",
        "Après cette leçon, vous saurez\u202f: Peser un colis",
        "Awa pose un petit paquet sur la balance\u202f: il pèse 2 kg.",
        "Lire la balance",
        "Conseil. Attendez que le chiffre ne bouge plus.",
        "Image\u202f: Une balance avec un colis.",
        "Poids, Prix",
        "1 kg, 500 {{ currency }}",
        "Lisez aussi la leçon suivante.",
    ]


def test_in_english_the_same_parts_stand_at_the_same_places(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    french, english = (lesson_aloud(lesson_of(folder, one)) for one in ("fr", "en"))

    assert [part.place for part in french.parts] == [part.place for part in english.parts]
    assert "Tip. Wait until the figure stands still." in [part.text for part in english.parts]
    assert "Picture: A scale with a parcel." in [part.text for part in english.parts]
    assert french.digest != english.digest


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>One <strong>strong</strong>\nword</p>", ["One strong word"]),
        ("<ul><li>A</li><li>B</li></ul>", ["A", "B"]),
        ("<ol start='3'><li>A</li><li>B</li></ol>", ["3. A", "4. B"]),
        ("<ol><li><p>A</p><p>more</p></li><li><p>B</p></li></ol>", ["1. A", "more", "2. B"]),
        ("<ul><li>A<ul><li>inner</li></ul>after</li></ul>", ["A", "inner", "after"]),
        ("<ol><li>A<ul><li>inner</li></ul></li><li>B</li></ol>", ["1. A", "inner", "2. B"]),
        ("<ul><li>☐ Ask</li><li>☑ Done</li></ul>", ["Ask", "Done"]),
        ('<p>A</p><figure><img alt="A map" src="/m"></figure>', ["A", "Picture: A map"]),
        ('<p><img alt="" src="/m"></p>', []),
        ('<p>See <img alt="a map" src="/m"> here</p>', ["See", "Picture: a map", "here"]),
        ("<p>He <span class='gap'>[ … ]</span> it.</p>", ["He … missing word … it."]),
        (
            "<table><thead><tr><th>Weight</th><th>Price</th></tr></thead>"
            "<tbody><tr><td>1 kg</td><td>500</td></tr><tr><td></td><td>700</td></tr></tbody>"
            "</table>",
            ["Weight, Price", "1 kg, 500", "700"],
        ),
        ("<p>&lt;b&gt; &amp; co</p>", ["<b> & co"]),
        ("words outside of any block", []),
        ("", []),
    ],
)
def test_each_block_is_said_in_its_own_way(html: str, said: list[str]) -> None:
    assert texts(html) == said


def test_the_number_of_a_block_counts_every_block_before_it() -> None:
    html = '<h2>A</h2><p></p><div class="callout"><p class="callout-title">Tip</p><p>B</p></div>'

    assert [(one.text, one.block) for one in said_in(html, "en")] == [("A", 0), ("Tip. B", 3)]


@given(st.lists(st.text("abcé ’\u202f1", min_size=1, max_size=20), min_size=1, max_size=6))
def test_no_word_of_a_lesson_is_left_out_or_said_twice(words: list[str]) -> None:
    html = "".join(f"<p>{one}</p><ul><li>{one}</li></ul>" for one in words)

    assert " ".join(texts(html)).split() == [each for one in words for each in one.split() * 2]


def test_a_question_is_said_with_its_choices_its_hint_apart_and_never_its_answer(
    tmp_path: Path,
) -> None:
    folder = make_course_folder(tmp_path)
    question = question_of(folder, "en", "weigh", "weigh-first")
    wanted = question_aloud(question, "en", "weigh")

    assert wanted.place == "weigh/weigh-first"
    assert [(part.text, part.place) for part in wanted.parts] == [
        ("What do you do first?", ""),
        ("Awa arrives with a parcel.", ""),
        ("Ask for the price", "cprice"),
        ("Put the parcel on the scale", "cscale"),
        ("Close the counter", "cclose"),
        ("Look at the scale.", "h"),
    ]


@pytest.mark.parametrize(("language", "gap"), [("fr", "mot qui manque"), ("en", "missing word")])
def test_a_gap_is_said(tmp_path: Path, language: str, gap: str) -> None:
    folder = make_course_folder(tmp_path)
    question = question_of(folder, language, "declare", "declare-fill")

    assert gap in question_aloud(question, language, "declare").parts[1].text


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1\u202f500\u202ffrancs", "1500 francs."),
        ("2\u00a0500\u00a0000 F", "2500000 F."),
        ("71\u202f% de 12\u202fpostes", "71 % de 12 postes."),
        ("«\u202fOui\u202f» dit-il", "Oui   dit-il."),
        ("Vraiment\u202f?", "Vraiment ?"),
        ("“Really?”", "Really?"),
        ("Dire [[h@l'oU]]", "Dire  h@l'oU."),
    ],
)
def test_the_voice_gets_words_it_understands(written: str, said: str) -> None:
    assert words_for_voice(written).split() == said.split()


@pytest.mark.parametrize(
    ("data", "kind", "seconds"),
    [
        (make_ogg(61.5), "opus", 61.5),
        (make_ogg(12, codec="vorbis"), "ogg", 12),
        (make_mp3(30), "mp3", 30),
    ],
)
def test_a_sound_file_tells_what_it_is_and_how_long(data: bytes, kind: str, seconds: float) -> None:
    sound = examine_sound(data)

    assert sound is not None
    assert sound.ending == kind
    assert sound.milliseconds == pytest.approx(seconds * 1000, abs=30)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"OggS",
        b"OggS" + bytes(60),
        b"ID3",
        b"\xff\xf3",
        b"<svg/>",
        b"RIFF....WAVEfmt ",
        bytes(99),
    ],
)
def test_what_is_no_sound_is_none(data: bytes) -> None:
    assert examine_sound(data) is None


@given(st.binary(max_size=400), st.integers(0, 400))
def test_no_bytes_break_the_reader_of_sounds(noise: bytes, cut: int) -> None:
    for data in (noise, make_ogg(1)[:cut] + noise, make_mp3(1)[:cut] + noise):
        sound = examine_sound(data)
        assert sound is None or sound.milliseconds >= 0


def test_a_recording_is_named_after_its_lesson() -> None:
    assert recorded_place("media/weigh.fr.opus") == ("weigh", "fr")
    assert recorded_place("media/why-sell-online.en.mp3") == ("why-sell-online", "en")
    for path in ("weigh.fr.opus", "media/weigh.opus", "media/sub/weigh.fr.ogg", "media/a.fr.wav"):
        assert recorded_place(path) is None


def problems_with(tmp_path: Path, **recordings: bytes) -> list[str]:
    """What the checker says of files in media/; two underscores stand for a point."""
    files = {f"media/{name.replace('__', '.')}": data for name, data in recordings.items()}
    found = check_course(make_course_folder(tmp_path, files=files))
    return [f"{one.severity} {one}" for one in found if "media/" in one.path]


def test_a_light_recording_of_a_lesson_is_welcome(tmp_path: Path) -> None:
    good = make_ogg(60, weight=170_000)

    assert problems_with(tmp_path, weigh__fr__opus=good, declare__en__mp3=make_mp3(9)) == []


def test_a_heavy_recording_is_warned_of_with_what_it_should_weigh(tmp_path: Path) -> None:
    (said,) = problems_with(tmp_path, weigh__fr__ogg=make_ogg(60, weight=480_000))

    assert said.startswith("warning media/weigh.fr.ogg:1: This recording weighs 64 kbit/s")
    assert "60 seconds then weigh 175 KB" in said


@pytest.mark.parametrize("data", [b"RIFF....WAVEfmt ", make_mp3(5), b""])
def test_a_file_whose_bytes_are_not_what_its_name_says_prevents_publishing(
    tmp_path: Path, data: bytes
) -> None:
    (said,) = problems_with(tmp_path, weigh__fr__opus=data)

    assert said.startswith("error media/weigh.fr.opus:1: This file does not hold the sound")


@pytest.mark.parametrize("name", ["weight__fr__opus", "weigh__sw__opus", "weigh__opus"])
def test_a_recording_of_no_lesson_is_warned_of(tmp_path: Path, name: str) -> None:
    (said,) = problems_with(tmp_path, **{name: make_ogg(5)})

    assert said.startswith("warning ") and "No lesson has this name" in said


def test_of_two_recordings_of_a_lesson_one_is_heard(tmp_path: Path) -> None:
    (said,) = problems_with(tmp_path, weigh__fr__mp3=make_mp3(5), weigh__fr__opus=make_ogg(5))

    assert said.startswith("warning media/weigh.fr.opus") and "media/weigh.fr.mp3" in said
