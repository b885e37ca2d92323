"""Puts a certificate on paper."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, Literal

from lms.base.letters import printable
from lms.base.paper import Press, day_in_words, qr_code
from lms.certificates.paper.words import HELPED, WORDS, PaperLanguage, score_in_words, time_in_words
from lms.certificates.rules import Certificate, State

Language = Literal["fr", "en", "both"]

_PRESS: Final = Press(Path(__file__).with_name("certificate.typ"))
_BLUE: Final = "#12355b"


def paper(
    certificate: Certificate,
    name: str,
    language: Language,
    verify_url: str,
    issuer: str,
    *,
    help: str = "",
    demo: bool = False,
) -> bytes:
    """The PDF, in one page.

    `name` is the person's, in full; `verify_url` is where anybody can check the certificate, with
    its serial; `issuer` stands at the top and beside the signature. `demo` prints that it is a
    specimen. `help` is how a helper helped, as a completion's; empty without one. A certificate
    that does not hold any more says so on its paper.
    """
    languages: tuple[PaperLanguage, ...] = ("fr", "en") if language == "both" else (language,)
    data = {
        "languages": [
            _in_language(certificate, which, name=name, demo=demo) for which in languages
        ],
        "name": name,
        "issuer": issuer,
        "serial": certificate.shown,
        "url": verify_url,
        "address": verify_url.partition("://")[2] or verify_url,
        "qr": qr_code(verify_url, _BLUE),
        "helped": HELPED.get(help, "typed") if help else "",
    }
    return _PRESS.pdf(data, at=certificate.issued_at)


def _in_language(
    certificate: Certificate, language: PaperLanguage, *, name: str, demo: bool
) -> dict[str, Any]:
    words = WORDS[language]
    return {
        "lang": language,
        "words": asdict(words),
        "course": certificate.title(language),
        "facts": _facts(certificate, language),
        "code": words.code.format(certificate.shown),
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
