"""What the templates of the account desk are given."""

from dataclasses import dataclass

from flask import current_app

from lms.base.language import Sentence
from lms.people.rules import Person
from lms.web.account.forms import PasswordForm, SignInForm


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The sign-in form. `later` keeps, sealed, a form that was being sent."""

    form: SignInForm
    notice: Sentence | None
    refused: Sentence | None
    next: str
    later: str
    demo_accounts: tuple[tuple[str, str, str], ...]

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Who one is, and the form for a new password."""

    person: Person
    office: str
    form: PasswordForm
    refused: Sentence | None
    ticket: str

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)


def sign_in_page(
    form: SignInForm | None = None,
    *,
    notice: Sentence | None = None,
    refused: Sentence | None = None,
    next_url: str = "",
    later: str = "",
) -> SignInPage:
    """The sign-in page; on a demonstration site it names the demo accounts."""
    settings = current_app.settings  # type: ignore[attr-defined]
    accounts = current_app.config.get("DEMO_ACCOUNTS", ()) if settings.demo else ()
    return SignInPage(form or SignInForm(formdata=None), notice, refused, next_url, later, accounts)
