"""Puts a certificate on paper with Typst. Nothing a person typed ever becomes markup: all of it
goes in as data and is set as text."""

import io
import json
import threading
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from lms.base.letters import FONTS, printable
from lms.certificates.paper.words import (
    WORDS,
    PaperLanguage,
    day_in_words,
    score_in_words,
    time_in_words,
)
from lms.certificates.rules import Certificate, State

Language = Literal["fr", "en", "both"]

_FOLDER: Final = Path(__file__).resolve().parent
_one_at_a_time = threading.Lock()


def paper(
    certificate: Certificate,
    name: str,
    language: Language,
    verify_url: str,
    issuer: str,
    *,
    demo: bool = False,
) -> bytes:
    """The PDF, tagged and in one page. The same values give the same bytes.

    `name` is the person's, in full; `verify_url` is where anybody can check the certificate, with
    its serial; `issuer` stands at the top and beside the signature. `demo` prints that it is a
    specimen. A certificate that does not hold any more says so on its paper.
    """
    languages: tuple[PaperLanguage, ...] = ("fr", "en") if language == "both" else (language,)
    data = {
        "languages": [
            _in_language(certificate, which, name=name, demo=demo) for which in languages
        ],
        "name": printable(name),
        "issuer": printable(issuer),
        "serial": certificate.shown,
        "url": verify_url,
        "address": printable(verify_url.partition("://")[2] or verify_url),
        "qr": _qr(verify_url),
    }
    with _one_at_a_time:
        pdf: bytes = _compiler().compile(
            sys_inputs={"data": json.dumps(data)},
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=int(certificate.issued_at.timestamp()),
        )
    return pdf


def _in_language(
    certificate: Certificate, language: PaperLanguage, *, name: str, demo: bool
) -> dict[str, Any]:
    words = WORDS[language]
    return {
        "lang": language,
        "heading": words.heading,
        "certifies": words.certifies,
        "completed": words.completed,
        "course": printable(certificate.title(language)),
        "facts": _facts(certificate, language),
        "serial": words.serial,
        "check": words.check,
        "code": words.code.format(certificate.shown),
        "signature": words.signature,
        "no_name": words.no_name,
        "document": words.document.format(printable(name) or words.no_name),
        "notice": words.specimen if demo else "",
        "fallen": _fallen(certificate, language),
    }


def _facts(certificate: Certificate, language: PaperLanguage) -> list[list[str]]:
    words = WORDS[language]
    facts = [
        [words.completed_on, day_in_words(certificate.completed_on, language)],
        [words.score, _score(certificate.percent, language)],
        [words.time, time_in_words(certificate.minutes, language)],
    ]
    if certificate.valid_until:
        facts.append([words.valid_until, day_in_words(certificate.valid_until, language)])
    return [fact for fact in facts if fact[1]]


def _score(percent: int | None, language: PaperLanguage) -> str:
    return "" if percent is None else score_in_words(percent, language)


def _fallen(certificate: Certificate, language: PaperLanguage) -> str:
    words = WORDS[language]
    if certificate.state is State.REVOKED and certificate.revoked_at:
        return words.revoked.format(day_in_words(certificate.revoked_at.date(), language))
    if certificate.state is State.EXPIRED and certificate.valid_until:
        return words.expired.format(day_in_words(certificate.valid_until, language))
    return ""


def _qr(url: str) -> str:
    import segno

    drawing = io.BytesIO()
    code = segno.make(url, error="m", micro=False)
    code.save(drawing, kind="svg", border=0, xmldecl=False, dark="#12355b")
    return drawing.getvalue().decode()


@cache
def _compiler() -> Any:
    import typst  # heavy, and wanted by one page only

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return typst.Compiler(
        str(_FOLDER / "certificate.typ"),
        root=str(_FOLDER),
        font_paths=fonts,
        ignore_system_fonts=True,
    )
