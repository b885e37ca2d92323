"""A certificate as a file to print, the same for its holder and for who prints it for them."""

from flask import Response, current_app, request, url_for

from lms.certificates.paper import paper
from lms.certificates.paper.press import Language
from lms.certificates.queries import find_certificate, help_behind
from lms.certificates.rules import Certificate, CertificateUnknown
from lms.settings import Settings
from lms.web.language import current_language


def certificate_held_by(person: str, serial: str) -> Certificate:
    """The certificate with this serial, where it is this person's; else it is unknown."""
    certificate = find_certificate(serial)
    if certificate is None or certificate.learner != person:
        raise CertificateUnknown(serial=serial[:40])
    return certificate


def on_paper(certificate: Certificate, *, name: str, demo: bool) -> Response:
    """The PDF, in the languages that `?in=` wants: `fr`, `en` or `both`."""
    settings: Settings = current_app.settings  # type: ignore[attr-defined]
    base = settings.public_url.rstrip("/") or request.host_url.rstrip("/")
    data = paper(
        certificate,
        name,
        _language(request.args.get("in", "")),
        base + url_for("root.verify_anywhere", serial=certificate.serial),
        settings.site_name,
        help=help_behind(certificate),
        demo=demo,
    )
    response = Response(data, mimetype="application/pdf")
    named = f"{settings.site_name}-{certificate.shown}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{named}"'
    return response


def _language(wanted: str) -> Language:
    known: dict[str, Language] = {"fr": "fr", "en": "en", "both": "both"}
    return known.get(wanted) or known[current_language()]
