"""Signing in with the OpenID provider of a post, against a real one on this machine."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from flask import Flask

from lms.people.queries import count_of_learners
from lms.settings import Settings
from tests.builders import make_person, make_tree
from tests.serving import serving
from tests.visitor import Seen, TestVisitor, said

pytest.importorskip("authlib", reason="the extra `sso` is not installed")

from joserfc.jwk import RSAKey

from tests.builders_openid import CLIENT, SECRET, Provider, openid_provider

SITE = "http://localhost"


@pytest.fixture
def provider() -> Iterator[Provider]:
    """The provider of a post."""
    with openid_provider() as server:
        yield server


@pytest.fixture
def app(settings: Settings, provider: Provider) -> Iterator[Flask]:
    """A server that sends people there."""
    given = settings.model_dump() | {
        "oidc_issuer": provider.issuer,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SECRET,
        "oidc_name": "La Poste",
        "oidc_operator": "CI-OP",
        "public_url": SITE,
    }
    with serving(Settings(**given)) as server:
        yield server


@pytest.fixture
def ama(app: Flask) -> str:
    """Somebody who is registered here."""
    tree = make_tree()
    return make_person(
        office=tree["CI-OP-ABJ-01"], email="ama@post.example", staff_number="A7", given_name="Ama"
    )


def through(
    browser: TestVisitor, *, language: str = "en", status: int = 200, path: str = ""
) -> Seen:
    """To the provider, and back with what it answers."""
    page = browser.get(f"/{language}/sign-in?next={path}")
    away = browser.get(page.link("La Poste"), status=302, follow=False)
    there = httpx.get(away.response.headers["Location"])
    back = urlsplit(there.headers["Location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == f"{SITE}/sign-in/back"
    return browser.get(f"{back.path}?{back.query}", status=status)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_ama_is_known_by_her_verified_address(
    client: TestVisitor, provider: Provider, ama: str, language: str
) -> None:
    provider.claims = {"email": "Ama@Post.example", "email_verified": True}

    page = through(client, language=language)

    assert page.response.request.path == f"/{language}/my-learning"
    assert "Ama Essai" in page.text


def test_ama_is_known_by_her_staff_number_and_comes_where_she_wanted(
    client: TestVisitor, provider: Provider, ama: str
) -> None:
    provider.claims = {"staff_number": "A 7"}

    assert through(client, path="/en/my-record").response.request.path == "/en/my-record"


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"email": "ama@post.example"},
        {"email": "ama@post.example", "email_verified": False},
        {"email": "ama@post.example", "email_verified": "true"},
        {"email": "new@post.example", "email_verified": True},
        {"staff_number": "B8"},
    ],
)
def test_who_is_not_known_is_told_so_and_never_created(
    client: TestVisitor, provider: Provider, ama: str, claims: dict[str, object]
) -> None:
    provider.claims = claims
    before = count_of_learners()

    page = through(client, status=400)

    assert "nobody is registered here" in page.main
    assert count_of_learners() == before
    client.get("/en/my-learning", status=303, follow=False)


@pytest.mark.parametrize(
    "spoil",
    [
        {"nonce": "another"},
        {"aud": "another-site"},
        {"iss": "https://evil.example"},
        {"exp": 1_000_000_000},
    ],
)
def test_a_token_that_was_not_made_for_this_sign_in_is_refused(
    client: TestVisitor, provider: Provider, ama: str, spoil: dict[str, object]
) -> None:
    provider.claims = {"email": "ama@post.example", "email_verified": True}
    provider.spoil = spoil

    page = through(client, status=400)

    assert "did not confirm who you are" in page.main
    client.get("/en/my-learning", status=303, follow=False)


def test_a_token_signed_by_another_key_is_refused(
    client: TestVisitor, provider: Provider, ama: str
) -> None:
    provider.claims = {"email": "ama@post.example", "email_verified": True}
    provider.signing_key = RSAKey.generate_key(2048, {"kid": "k1"})

    assert "did not confirm" in through(client, status=400).main


def test_a_way_back_that_was_begun_by_nobody_leads_to_the_sign_in(
    client: TestVisitor, ama: str
) -> None:
    page = client.get("/sign-in/back?code=x&state=y")

    assert page.response.request.path.endswith("/sign-in")


def test_the_state_of_another_browser_is_refused(
    app: Flask, client: TestVisitor, provider: Provider, ama: str
) -> None:
    """Nobody can be signed in as somebody else by a link."""
    provider.claims = {"email": "ama@post.example", "email_verified": True}
    victim = TestVisitor(app)
    victim.get("/en/sign-in/other", status=302, follow=False)
    away = client.get("/en/sign-in/other", status=302, follow=False)
    back = urlsplit(httpx.get(away.response.headers["Location"]).headers["Location"])

    page = victim.get(f"{back.path}?{back.query}", status=400)

    assert "did not confirm" in page.main


def test_a_provider_that_is_away_is_said_so(
    client: TestVisitor, provider: Provider, ama: str
) -> None:
    provider.shutdown()
    provider.server_close()

    page = client.get("/fr/sign-in/other", status=400)

    assert (
        said(
            "fr",
            "The other site did not confirm who you are. Try once more, or sign in here "
            "with your number and password.",
        )
        in page.main
    )
