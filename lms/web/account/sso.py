"""Signing in with the OpenID provider of a post: an extra, for people who are registered here.

State, nonce and PKCE are Authlib's. Nobody is ever created: who is not known by a verified e-mail
address, or by the staff number in the operator whose provider it is, is told to ask their manager.
"""

from typing import Any, Final

import structlog
from flask import Blueprint, abort, current_app, g, redirect, request, session, url_for

from lms.base.language import LANGUAGES, sentence
from lms.base.refusals import Refusal
from lms.people.access.queries import person_known_by
from lms.settings import Settings
from lms.web.account.admitting import admit, inside
from lms.web.account.desk import desk, settings
from lms.web.account.pages import sign_in_page
from lms.web.language import current_language
from lms.web.pages import Page, show

log = structlog.get_logger("lms.sso")
back = Blueprint("sso", __name__)
_WAY: Final = "sso"


class OtherSiteFailed(Refusal):
    says = sentence(
        "The other site did not confirm who you are. Try once more, or sign in here with your "
        "number and password."
    )


class NobodyKnownThere(Refusal):
    says = sentence(
        "The other site knows you, but nobody is registered here with that e-mail address or staff "
        "number. Ask your manager to register you or to correct your address."
    )


def _client() -> Any:
    """Authlib's client, made once a server."""
    found = current_app.extensions.get("relais_sso")
    if found is None:
        found = _make_client(settings())
        current_app.extensions["relais_sso"] = found
    return found


def _make_client(given: Settings) -> Any:
    from authlib.integrations.flask_client import OAuth

    issuer = given.oidc_issuer.rstrip("/")
    return OAuth(current_app).register(
        "provider",
        client_id=given.oidc_client_id,
        client_secret=given.oidc_client_secret.get_secret_value(),
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256"},
    )


@desk.get("/sign-in/other")
def sign_in_elsewhere() -> Any:
    """To the provider and back."""
    if not settings().oidc_issuer:
        abort(404)
    session[_WAY] = [current_language(), inside(request.args.get("next"))]
    address = f"{settings().public_url.rstrip('/')}{url_for('sso.come_back')}"
    try:
        return _client().authorize_redirect(address)
    except Refusal as refusal:
        return _again(refusal)
    except Exception as problem:  # the provider may be away, or answer anything at all
        log.warning("sign-in elsewhere", problem=type(problem).__name__)
        return _again(OtherSiteFailed())


@back.get("/sign-in/back")
def come_back() -> Any:
    """Back from the provider, with who it says this is."""
    language, following = session.pop(_WAY, None) or (None, "")
    if language not in LANGUAGES:
        return redirect(url_for("account.sign_in"), 303)
    g.language = language
    try:
        claims = _claims()
        person = person_known_by(
            email=str(claims.get("email") or "") if claims.get("email_verified") is True else "",
            staff_number=str(claims.get(settings().oidc_staff_claim) or ""),
            demo=settings().demo,
            operator=settings().oidc_operator,
        )
    except Refusal as refusal:
        return _again(refusal)
    return admit(person, following) if person else _again(NobodyKnownThere())


def _claims() -> dict[str, Any]:
    try:
        token = _client().authorize_access_token()
    except Exception as problem:  # an altered state, a wrong signature, a provider that is away
        log.warning("sign-in elsewhere", problem=type(problem).__name__)
        raise OtherSiteFailed from None
    return dict(token.get("userinfo") or {})


def _again(refusal: Refusal) -> Page:
    return show("account/sign_in.html", sign_in_page(refused=refusal.sentence), 400)
