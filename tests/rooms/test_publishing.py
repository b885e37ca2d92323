"""Publishing: a folder becomes an edition that never changes, and nothing tells the answers."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import select

from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.courses import queries
from lms.courses.actions import (
    CourseIdTaken,
    CourseIsDraft,
    CourseNotReady,
    EditionIsNotThat,
    NothingChanged,
    NothingToWithdraw,
    publish_course,
    ready_folder,
    receive_edition,
    withdraw_edition,
)
from lms.courses.events import EditionPublished, EditionWithdrawn
from lms.courses.preview import preview_of, problems_in
from lms.courses.projector import EditionProjector
from lms.courses.rules import (
    CourseUnknown,
    Edition,
    EditionUnknown,
    Kind,
    QuestionUnknown,
    clean_answer,
    draw_questions,
    filled,
    mark,
)
from lms.courses.tables import BlobRow, EditionStandingRow, EditionTextRow
from lms.record.actions import record
from lms.record.events import Actor, Event, Happened
from lms.record.queries import events_about
from tests.builders_courses import (
    DECLARE_FR,
    FILES,
    WEIGH_FR,
    change,
    make_course_folder,
    make_photo,
)

pytestmark = pytest.mark.usefixtures("app")

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FATOU = Actor("fatou", "trainer")
FR = "01-counter/01-weigh.fr.md"


def publish(folder: Path, minutes: int = 0, event_id: str | None = None) -> Edition:
    with writing():
        return publish_course(
            ready=ready_folder(folder),
            note="First",
            by=FATOU,
            event_id=event_id or new_id(),
            at=NOON + timedelta(minutes=minutes),
        )


def publish_again(folder: Path, words: str, minutes: int) -> Edition:
    change(folder / "index.fr.md", "Bienvenue", f"Bienvenue {words}")
    return publish(folder, minutes)


def withdraw(edition: Edition, minutes: int) -> None:
    with writing():
        withdraw_edition(
            edition_hash=edition.hash,
            reason="A mistake",
            by=FATOU,
            event_id=new_id(),
            at=NOON + timedelta(minutes=minutes),
        )


def happen(*events: tuple[Event, int]) -> None:
    with writing():
        record([Happened(one, new_id(), FATOU, NOON + timedelta(minutes=m)) for one, m in events])


def test_a_published_course_is_in_the_catalogue_in_both_languages(tmp_path: Path) -> None:
    edition = publish(make_course_folder(tmp_path))
    assert (edition.number, edition.slug, edition.published_at) == (1, "small-parcels", NOON)
    french, english = queries.catalogue("fr")[0], queries.catalogue("en")[0]
    assert (french.title, english.title) == ("Les petits colis", "Small parcels")
    assert french.edition == english.edition == edition
    assert french.lesson_count == 2


def test_the_facts_of_an_edition_come_back_as_they_were(tmp_path: Path) -> None:
    edition = publish(make_course_folder(tmp_path, attempts="{max: 3, pause_minutes: 30}"))
    found = queries.current_edition("small-parcels")
    assert found == edition
    assert found.attempts_max == 3
    assert found.lesson_ids == found.required_lesson_ids == ("weigh", "declare")
    assert found.questions_by_lesson["weigh"] == ("weigh-first", "weigh-check", "weigh-limit")
    assert found.test is not None
    assert (found.pool_size, len(found.test.question_ids)) == (5, 20)
    assert found.certificate == "completion"


def test_publishing_tells_the_record_once(tmp_path: Path) -> None:
    edition = publish(make_course_folder(tmp_path))
    (stored,) = events_about(subject="small-parcels", kinds=[EditionPublished.kind])
    assert stored.event == EditionPublished("small-parcels", edition.hash, 1, "First")
    assert (stored.actor, stored.at) == ("fatou", NOON)


def test_the_same_form_sent_twice_gives_the_same_edition(tmp_path: Path) -> None:
    folder, event_id = make_course_folder(tmp_path), new_id()
    assert publish(folder, event_id=event_id) == publish(folder, event_id=event_id)
    assert len(queries.editions_of("small-parcels")) == 1


def test_the_same_content_again_is_said_politely(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    publish(folder)
    with pytest.raises(NothingChanged) as refused:
        publish(folder)
    assert refused.value.sentence.in_words() == (
        "Nothing has changed: this is already edition 1. Change something first."
    )


def test_a_course_with_errors_is_refused_with_the_whole_list(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path, minutes="99", replace={FR: ("2. [x]", "2. [ ]")})
    with pytest.raises(CourseNotReady) as refused:
        publish(folder)
    assert {one.severity for one in refused.value.problems} == {"error", "warning"}
    assert queries.catalogue("fr") == ()
    assert queries.editions_of("small-parcels") == ()
    assert events_about(subject="small-parcels") == []


def test_a_draft_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseIsDraft):
        publish(make_course_folder(tmp_path, status="draft"))


def test_an_id_belongs_to_one_course(tmp_path: Path) -> None:
    publish(make_course_folder(tmp_path))
    with pytest.raises(CourseIdTaken):
        publish(make_course_folder(tmp_path, "other-parcels"))


def test_an_archived_course_stays_readable_and_leaves_the_catalogue(tmp_path: Path) -> None:
    publish(make_course_folder(tmp_path, status="archived"))
    assert queries.catalogue("fr") == ()
    assert queries.current_edition("small-parcels").status == "archived"


def test_editions_are_numbered_and_never_change(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    first = publish(folder)
    before = queries.text_of(first.hash, "fr")
    second = publish_again(folder, "encore", 1)
    assert (first.number, second.number) == (1, 2)
    assert queries.current_edition("small-parcels") == second
    assert queries.editions_of("small-parcels") == (second, first)
    assert queries.text_of(first.hash, "fr") == before
    assert "encore" in queries.text_of(second.hash, "fr").html


def test_a_withdrawn_edition_gives_way_to_the_one_before(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    first = publish(folder)
    second = publish_again(folder, "encore", 1)
    withdraw(second, 2)
    assert queries.find_current_edition("small-parcels") == first
    assert queries.edition_of(second.hash) == second
    assert not queries.is_on_offer(second.hash)
    with pytest.raises(NothingToWithdraw):
        withdraw(second, 3)


def test_publishing_again_puts_a_withdrawn_edition_back(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    edition = publish(folder)
    withdraw(edition, 1)
    assert queries.find_current_edition("small-parcels") is None
    assert queries.catalogue("fr") == ()
    with pytest.raises(CourseUnknown):
        queries.current_edition("small-parcels")
    assert publish(folder, 2) == edition
    assert queries.current_edition("small-parcels") == edition


def test_what_is_on_offer_does_not_depend_on_the_order_of_arrival(tmp_path: Path) -> None:
    first = publish(make_course_folder(tmp_path))
    told: list[tuple[Event, int]] = [
        (EditionWithdrawn("small-parcels", first.hash), 1),
        (EditionPublished("small-parcels", first.hash, 1), 2),
        (EditionPublished("small-parcels", "e" * 64, 2), 3),
        (EditionWithdrawn("small-parcels", "e" * 64), 4),
    ]
    for order in permutations(told):
        with pytest.raises(Undone), writing():
            for event, minutes in order:
                at = NOON + timedelta(minutes=minutes)
                record([Happened(event, new_id(), FATOU, at)])
            assert queries.find_current_edition("small-parcels") == first
            assert not queries.is_on_offer("e" * 64)
            raise Undone


class Undone(Exception):
    """Ends a transaction without keeping it."""


def test_the_standings_can_be_rebuilt(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    first = publish(folder)
    withdraw(publish_again(folder, "encore", 1), 2)
    with writing():
        EditionProjector().clear()
    assert queries.find_current_edition("small-parcels") is None
    with writing():
        EditionProjector().recompute("small-parcels")
    assert queries.find_current_edition("small-parcels") == first


def test_an_edition_whose_content_has_not_come_is_not_shown_yet(tmp_path: Path) -> None:
    first = publish(make_course_folder(tmp_path))
    happen((EditionPublished("small-parcels", "f" * 64, 2), 1))
    assert queries.current_edition("small-parcels") == first
    assert queries.editions_missing_here() == (("small-parcels", "f" * 64, 2),)
    assert publish_again(tmp_path / "small-parcels", "encore", 2).number == 3


def test_content_published_elsewhere_can_be_received(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    wanted = preview_of(folder)
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}
    happen((EditionPublished("small-parcels", wanted.edition.hash, 7, "From the union"), 0))
    receive(files | {"index.fr.md": b"x"}, wanted.edition.hash, refused=True)
    edition = receive(files, wanted.edition.hash)
    assert queries.current_edition("small-parcels") == edition
    assert queries.text_of(edition.hash, "en") == wanted.texts["en"]
    assert queries.editions_missing_here() == ()


def receive(files: Mapping[str, bytes], edition_hash: str, refused: bool = False) -> Edition | None:
    def go() -> Edition:
        with writing():
            return receive_edition(
                slug="small-parcels",
                edition_hash=edition_hash,
                files=files,
                number=7,
                note="From the union",
                published_at=NOON,
            )

    if not refused:
        return go()
    with pytest.raises(EditionIsNotThat):
        go()
    return None


def test_the_folder_comes_back_byte_for_byte(tmp_path: Path) -> None:
    odd = b"\xef\xbb\xbf" + WEIGH_FR.replace("\n", "\r\n").encode()
    photo = make_photo(60, 40)
    folder = make_course_folder(
        tmp_path,
        files={"media/photo.png": photo, FR: odd},
        replace={"index.fr.md": ("Bienvenue", "![Un colis](media/photo.png)\n\nBienvenue")},
    )
    edition = publish(folder)
    there = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}
    back = dict(queries.export_edition(edition.hash))
    assert back == there
    assert back[FR] == odd
    assert list(back) == sorted(back)


def test_what_changed_between_two_editions_is_told(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    first = publish(folder)
    (folder / "notes.md").write_text("Une note\n")
    (folder / "test.en.md").unlink()
    second = publish_again(folder, "encore", 1)
    changes = queries.changes_between(first.hash, second.hash)
    assert [(one.path, one.change) for one in changes] == [
        ("index.fr.md", "changed"),
        ("notes.md", "added"),
        ("test.en.md", "removed"),
    ]
    assert "+Bienvenue encore dans ce cours de {{ operator_name }}." in changes[0].lines
    assert queries.changes_between(first.hash, first.hash) == ()


def test_a_language_the_edition_does_not_have_falls_back_aloud(tmp_path: Path) -> None:
    edition = publish(make_course_folder(tmp_path))
    text = queries.text_of(edition.hash, "sw")
    assert (text.language, text.fallback) == ("fr", True)
    assert not queries.text_of(edition.hash, "en").fallback


def test_a_lesson_without_translation_falls_back_aloud_and_a_stale_one_is_marked(
    tmp_path: Path,
) -> None:
    folder = make_course_folder(tmp_path, files={"01-counter/02-declare.en.md": None})
    change(folder / FR, "Awa pose", "Awa met")
    text = queries.text_of(publish(folder).hash, "en")
    weigh, declare = text.lessons
    assert (weigh.language, weigh.fallback, weigh.stale) == ("en", False, True)
    assert (declare.language, declare.fallback, declare.stale) == ("fr", True, False)
    assert declare.title == "Remplir la déclaration"
    assert not text.fallback


def test_earlier_editions_tell_which_paragraphs_changed(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    publish(folder)
    change(folder / FR, "Lisez aussi", "Relisez aussi")
    (problem,) = problems_in(folder)
    assert "paragraphs on these lines: 22." in str(problem)


def test_an_unknown_edition_or_question_is_refused(tmp_path: Path) -> None:
    edition = publish(make_course_folder(tmp_path))
    for asked in (queries.edition_of, queries.keys_of):
        with pytest.raises(EditionUnknown):
            asked("0" * 64)
    with pytest.raises(EditionUnknown):
        queries.text_of("0" * 64, "fr")
    with pytest.raises(QuestionUnknown):
        queries.key_of(edition.hash, "nothing")
    assert queries.find_edition("0" * 64) is None


def test_a_preview_is_what_publishing_stores(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    preview = preview_of(folder)
    assert preview.problems == ()
    edition = publish(folder)
    assert preview.edition.number == 0
    assert {language: queries.text_of(edition.hash, language) for language in ("fr", "en")} == (
        preview.texts
    )
    assert queries.keys_of(edition.hash) == preview.keys
    assert {name: queries.find_media(name) for name in preview.media} == preview.media


# What a page gets


def test_a_lesson_is_stored_as_finished_html(tmp_path: Path) -> None:
    edition = publish(make_course_folder(tmp_path))
    lesson = queries.text_of(edition.hash, "fr").lessons[0]
    assert '<a class="term" href="/fr/glossary#G05">petit paquet</a>' in lesson.html
    assert '<p class="callout-title">Conseil</p>' in lesson.html
    assert '<a href="/fr/courses/small-parcels/declare">la leçon suivante</a>' in lesson.html
    assert '<h2 id="s-lire-la-balance">Lire la balance</h2>' in lesson.html
    assert "500 {{ currency }}" in lesson.html
    assert "sur la balance\u202f: il pèse" in lesson.html
    assert lesson.questions[0].title_html == "Que faites-vous d’abord\u202f?"


def test_operator_values_are_filled_when_the_page_is_built(tmp_path: Path) -> None:
    edition = publish(make_course_folder(tmp_path))
    values = queries.operator_values({"currency": "<b>KES</b>", "operator_name.en": "Posta"})
    french = filled(queries.text_of(edition.hash, "fr"), "fr", values)
    english = filled(queries.text_of(edition.hash, "en"), "en", values)
    assert "500 &lt;b&gt;KES&lt;/b&gt;" in french.lessons[0].html
    assert "Bienvenue dans ce cours de votre poste." in french.html
    assert "Welcome to this course of Posta." in english.html
    assert "{{" not in repr(french)


def test_only_pictures_are_ever_served(tmp_path: Path) -> None:
    edition = publish(make_course_folder(tmp_path))
    html = queries.text_of(edition.hash, "fr").lessons[0].html
    name = html.partition('src="/media/')[2].partition('"')[0]
    media = queries.find_media(name)
    assert media is not None
    assert (media.media_type, media.data) == ("image/svg+xml", FILES["media/scale.svg"].encode())  # type: ignore[union-attr]
    texts = db.session().scalars(select(BlobRow.sha256).where(BlobRow.media_type == "text/plain"))
    for sha256 in texts:
        for ending in ("md", "svg", "png", "txt"):
            assert queries.find_media(f"{sha256[:32]}.{ending}") is None
        assert queries.find_media(sha256) is None


def test_photos_get_lighter_versions(tmp_path: Path) -> None:
    folder = make_course_folder(
        tmp_path,
        files={"media/photo.png": make_photo()},
        replace={FR: ("Lisez aussi", "![Un colis](../media/photo.png)\n\nLisez aussi")},
    )
    lesson = queries.text_of(publish(folder).hash, "fr").lessons[0]
    srcset = lesson.html.partition('srcset="')[2].partition('"')[0]
    small, large = (one.split() for one in srcset.split(", "))
    assert (small[1], large[1]) == ("480w", "960w")
    weights = []
    for address in (small[0], large[0]):
        media = queries.find_media(address.removeprefix("/media/"))
        assert media is not None
        assert media.media_type == "image/webp"
        weights.append(len(media.data))
    assert weights[0] < weights[1] < len(make_photo())
    assert 'width="1200" height="800"' in lesson.html
    assert lesson.picture_bytes == weights[1] + len(FILES["media/scale.svg"])


# What a page must not get

MARKERS = ("MARKER-FEEDBACK", "MARKER-EXPLANATION", "MARKER-WORD", "987.25")


def marked_folder(tmp_path: Path) -> Path:
    """A course whose secrets can be recognised."""
    weigh, declare = WEIGH_FR, DECLARE_FR
    for old, new in (
        ("Oui : le poids donne", "MARKER-FEEDBACK donne"),
        ("Le poids vient toujours", "MARKER-EXPLANATION"),
        ("2±0.05", "987.25±1"),
    ):
        assert old in weigh
        weigh = weigh.replace(old, new)
    declare = declare.replace("signer|signé", "MARKER-WORD|signé")
    files = {
        FR: weigh,
        "01-counter/02-declare.fr.md": declare,
        "01-counter/01-weigh.en.md": None,
        "01-counter/02-declare.en.md": None,
    }
    return make_course_folder(tmp_path, files=files)


def test_nothing_that_a_page_gets_holds_an_answer(tmp_path: Path) -> None:
    edition = publish(marked_folder(tmp_path))
    keys = json.dumps(repr(queries.keys_of(edition.hash)))
    bodies = db.session().scalars(select(EditionTextRow.body)).all()
    facts = [repr(queries.current_edition("small-parcels")), repr(queries.catalogue("fr"))]
    for marker in MARKERS:
        assert marker in keys
        assert not any(marker in text for text in (*bodies, *facts))


def test_options_do_not_stand_in_the_right_order(tmp_path: Path) -> None:
    edition = publish(make_course_folder(tmp_path))
    for language in ("fr", "en"):
        text = queries.text_of(edition.hash, language)
        order, match, _ = text.lessons[1].questions
        key = queries.key_of(edition.hash, "declare-order")
        assert [one.id for one in order.options] != list(key.right)
        pairs = queries.key_of(edition.hash, "declare-match").pairs
        assert [pairs[one.id] for one in match.lefts] != [one.id for one in match.rights]
        assert set(pairs.values()) == {one.id for one in match.rights}


def test_the_stored_order_says_nothing_about_the_right_one(tmp_path: Path) -> None:
    """The same lines in another right order are stored in the same way, or nearly."""
    turned = DECLARE_FR.replace("1. Demander le contenu {#ask}\n2. Écrire le contenu {#write}", "@")
    turned = turned.replace("@", "1. Écrire le contenu {#write}\n2. Demander le contenu {#ask}")
    one = preview_of(make_course_folder(tmp_path / "1")).texts["fr"]
    files = {"01-counter/02-declare.fr.md": turned}
    two = preview_of(make_course_folder(tmp_path / "2", files=files)).texts["fr"]
    assert one.question("declare-order") == two.question("declare-order")


def test_every_right_answer_in_the_key_is_marked_right(tmp_path: Path) -> None:
    edition = publish(make_course_folder(tmp_path))
    text = queries.text_of(edition.hash, "en")
    answers: dict[str, dict[str, object]] = {
        "weigh-first": {"chosen": "scale"},
        "weigh-check": {"chosen": ["address", "weight"]},
        "weigh-limit": {"text": "2,03"},
        "declare-order": {"order": ["ask", "write", "sign"]},
        "declare-match": {"pairs": dict(queries.key_of(edition.hash, "declare-match").pairs)},
        "declare-fill": {"text": "SIGNE"},
    }
    for question_id, raw in answers.items():
        question = text.question(question_id)
        assert question is not None
        key = queries.key_of(edition.hash, question_id)
        assert mark(key, clean_answer(question, raw)).right, question_id
    assert {key.kind for key in queries.keys_of(edition.hash).values()} == set(Kind) - {Kind.OPEN}


def test_feedback_is_there_in_both_languages_after_answering(tmp_path: Path) -> None:
    key = queries.key_of(publish(make_course_folder(tmp_path)).hash, "weigh-first")
    assert key.in_language("fr").feedback_html["scale"] == (
        "<p>Oui\u202f: le poids donne le prix.</p>\n"
    )
    assert key.in_language("en").explanation_html == "<p>The weight always comes first.</p>\n"
    assert key.in_language("sw") == key.in_language("fr")


def test_an_attempt_draws_from_the_test_of_the_edition(tmp_path: Path) -> None:
    edition = publish(make_course_folder(tmp_path))
    assert edition.test is not None
    drawn = draw_questions(edition.test, new_id())
    text = queries.text_of(edition.hash, "fr").test
    assert text is not None
    assert len(drawn) == 5
    assert all(text.question(one) for one in drawn)


def test_a_refused_publication_leaves_no_row_behind(tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    with pytest.raises(RuntimeError), writing():
        publish_course(ready=ready_folder(folder), note="", by=FATOU, event_id=new_id(), at=NOON)
        raise RuntimeError
    assert db.session().scalars(select(EditionStandingRow.hash)).all() == []
    assert db.session().scalars(select(BlobRow.sha256)).all() == []
    assert publish(folder).number == 1
