"""The paper: one tagged page that bears the whole name and can be checked."""

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.base.letters import UNKNOWN, drawable, printable
from lms.base.paper import day_in_words
from lms.certificates.paper import paper
from lms.certificates.paper.press import Language
from lms.certificates.paper.words import WORDS, score_in_words, time_in_words
from lms.certificates.rules import Certificate, State
from lms.settings import SITE

URL = "https://relais.example.org/fr/verifier/RLS-7K3QF-9M2TD-4"
LONG_NAME = (
    "Marie-Élisabeth Ọlálékan Nguɛma N’Diaye-Ouédraogo épouse Razafindrakoto Andrianampoinimerina"
)


def make_certificate(
    *,
    title_fr: str = "Cybersécurité : protéger les clients",
    title_en: str = "Cyber security: protecting customers",
    percent: int | None = 86,
    minutes: int = 115,
    valid_until: date | None = None,
    revoked_at: datetime | None = None,
    state: State = State.VALID,
) -> Certificate:
    return Certificate(
        serial="RLS7K3QF9M2TD4",
        learner="awa",
        course="cyber-security",
        edition="e1",
        title_fr=title_fr,
        title_en=title_en,
        completed_on=date(2026, 11, 1),
        percent=percent,
        minutes=minutes,
        evidence=("e",),
        kind_of="completion",
        issued_at=datetime(2026, 11, 2, 9, tzinfo=UTC),
        valid_until=valid_until,
        revoked_at=revoked_at,
        revoked_reason="",
        state=state,
    )


def print_paper(
    certificate: Certificate,
    name: str,
    language: Language = "fr",
    *,
    demo: bool = False,
    help: str = "",
) -> pypdf.PdfReader:
    issuer = "Union panafricaine des postes"
    data = paper(certificate, name, language, URL, issuer, help=help, demo=demo)
    return pypdf.PdfReader(io.BytesIO(data))


def root_of(reader: pypdf.PdfReader) -> Any:
    return reader.trailer["/Root"]


def text_of(reader: pypdf.PdfReader) -> str:
    return " ".join(reader.pages[0].extract_text().split())


@pytest.mark.parametrize("language", ["fr", "en", "both"])
def test_the_paper_is_one_landscape_page_that_a_screen_reader_can_follow(
    language: Language,
) -> None:
    reader = print_paper(make_certificate(), "Aïssatou N’Diaye", language)
    catalogue = root_of(reader)
    heading = WORDS["en" if language == "en" else "fr"].heading

    assert len(reader.pages) == 1
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"].lower().startswith("en" if language == "en" else "fr")
    assert reader.metadata is not None
    assert reader.metadata.title == f"{heading} – Aïssatou N’Diaye"
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()


def elements(node: object) -> list[dict[str, object]]:
    if isinstance(node, pypdf.generic.IndirectObject):
        node = node.get_object()
    if isinstance(node, list):
        return [found for child in node for found in elements(child)]
    if not isinstance(node, dict):
        return []
    return [node, *elements(node.get("/K"))]


def test_the_page_has_one_heading_and_its_picture_says_what_it_is() -> None:
    reader = print_paper(make_certificate(), "Awa")
    tree = elements(root_of(reader)["/StructTreeRoot"]["/K"])
    figures = [e for e in tree if e.get("/S") == "/Figure"]

    assert [e.get("/S") for e in tree].count("/H1") == 1
    assert [e["/Alt"] for e in figures] == [WORDS["fr"].code.format("RLS-7K3QF-9M2TD-4")]


@pytest.mark.parametrize(
    "name",
    [
        "Émilienne Kouassi d’Almeida",
        "Ọládélé Ŋwátá Ọ́yẹ́kúnlé",
        "Fátímá Ɓello Ɗanjuma Ƙofar",
        "O'Brien-N’Gũgĩ wa Thiong’o",
        "አበበ ቢቂላ",
        LONG_NAME,
    ],
)
@pytest.mark.parametrize("language", ["fr", "en", "both"])
def test_the_name_stands_in_full_with_the_serial(name: str, language: Language) -> None:
    reader = print_paper(make_certificate(), name, language)
    text = text_of(reader)

    assert len(reader.pages) == 1
    assert name.replace(" ", "") in text.replace(" ", "")
    assert "RLS-7K3QF-9M2TD-4" in text


def test_both_languages_stand_on_one_paper() -> None:
    text = text_of(print_paper(make_certificate(), "Awa", "both"))

    assert "Certificat de réussite" in text
    assert "Certificate of completion" in text
    assert "protéger les clients" in text
    assert "protecting customers" in text
    assert "1 November 2026" in text


def test_a_course_without_a_test_shows_no_score() -> None:
    text = text_of(print_paper(make_certificate(percent=None), "Awa", "en"))

    assert "Score" not in text
    assert "1 hour 55 minutes" in text


def test_demonstration_papers_cannot_pass_for_real_ones() -> None:
    real = text_of(print_paper(make_certificate(), "Awa", "both"))
    demo = text_of(print_paper(make_certificate(), "Awa", "both", demo=True))

    assert "Spécimen – démonstration" in demo
    assert "Specimen – demonstration" in demo
    assert "Spécimen" not in real


def test_a_certificate_that_fell_says_so() -> None:
    revoked = make_certificate(state=State.REVOKED, revoked_at=datetime(2026, 11, 20, tzinfo=UTC))
    expired = make_certificate(state=State.EXPIRED, valid_until=date(2026, 11, 5))

    assert "Revoked on 20 November 2026" in text_of(print_paper(revoked, "Awa", "en"))
    assert "not been valid since 5 November 2026" in text_of(print_paper(expired, "Awa", "en"))


def test_even_the_longest_words_stay_on_one_page() -> None:
    title = "Accueillir, informer et protéger les clientes et les clients du bureau de poste " * 3
    certificate = make_certificate(
        title_fr=title,
        title_en=title + "!",
        valid_until=date(2028, 11, 1),
        state=State.REVOKED,
        revoked_at=datetime(2026, 11, 20, tzinfo=UTC),
    )

    for name in (LONG_NAME * 3, "W" * 90, "ﷺ" * 40):
        printed = print_paper(certificate, name, "both", demo=True, help="read-aloud")
        assert len(printed.pages) == 1


def test_a_name_is_text_and_never_markup() -> None:
    name = '#read("/etc/passwd") *Awa* $x$ @a <b> \\ "'

    text = text_of(print_paper(make_certificate(), name, "en"))

    assert name.replace(" ", "") in text.replace(" ", "")


@pytest.mark.parametrize("name", ["", "   ", "王伟", "Awa 🎉", "a\u202eb\x00c", "\ud800", "\u0301"])
def test_odd_names_are_not_refused(name: str) -> None:
    assert len(print_paper(make_certificate(), name).pages) == 1


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["fr", "en", "both"]))
def test_no_name_is_refused(name: str, language: Language) -> None:
    assert len(print_paper(make_certificate(), name, language).pages) == 1


def test_every_character_said_to_be_drawable_is_drawn() -> None:
    characters = [chr(c) for c in sorted(drawable())]

    for start in range(0, len(characters), 300):
        some = " ".join(characters[start : start + 300])
        assert len(print_paper(make_certificate(title_fr=some), some).pages) == 1


def test_what_cannot_be_drawn_is_marked_and_what_is_not_seen_falls_away() -> None:
    assert printable("A\u030a  wa\n王\u202e") == f"Å wa {UNKNOWN}"


def test_a_french_line_is_never_broken_before_its_colon() -> None:
    assert printable("Les  colis\u202f:\tsuivre\u00a0! ") == "Les colis\u202f: suivre\u00a0!"


def test_the_same_certificate_gives_the_same_bytes() -> None:
    first = paper(make_certificate(), "Awa", "fr", URL, "UPAP")

    assert paper(make_certificate(), "Awa", "fr", URL, "UPAP") == first


def test_days_scores_and_hours_are_written_out() -> None:
    assert day_in_words(date(2026, 11, 1), "fr") == "1er novembre 2026"
    assert day_in_words(date(2026, 11, 21), "fr") == "21 novembre 2026"
    assert day_in_words(date(2026, 11, 1), "en") == "1 November 2026"
    assert "(soixante et onze pour cent)" in score_in_words(71, "fr")
    assert "(quatre-vingts pour cent)" in score_in_words(80, "fr")
    assert "(quatre-vingt-onze pour cent)" in score_in_words(91, "fr")
    assert "(cent pour cent)" in score_in_words(100, "fr")
    assert score_in_words(86, "en") == "86% (eighty-six per cent)"
    assert time_in_words(60, "en") == "1 hour"
    assert time_in_words(0, "en") == ""


def test_the_paper_bears_the_mark_of_the_site() -> None:
    here = Path(__file__).parents[2] / "lms" / "certificates" / "paper" / "mark.svg"

    assert here.read_bytes() == (SITE / "static" / "mark.svg").read_bytes()
