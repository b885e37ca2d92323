"""What the templates of the account desk are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from lms.base.language import Sentence
from lms.people.rules import Person
from lms.web.account.forms import (
    CodeForm,
    ForgottenForm,
    NewPasswordForm,
    PasswordForm,
    ProveForm,
    SetUpForm,
    SheetForm,
    SignInForm,
)


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The sign-in form. `later` keeps, sealed, a form that was being sent."""

    form: SignInForm
    notice: Sentence | None
    refused: Sentence | None
    next: str
    later: str
    demo_accounts: tuple[tuple[str, str, str], ...]
    other_site: str

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Who one is, and the form for a new password. `devices`: where one is signed in; at a kiosk
    nothing about signing in is changed."""

    person: Person
    office: str
    form: PasswordForm
    refused: Sentence | None
    ticket: str
    devices: int
    second_step_since: datetime | None
    kiosk: bool

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)


@dataclass(frozen=True, slots=True)
class SheetPage:
    """Asks for the code of a printed sheet."""

    form: SheetForm
    refused: Sentence | None

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)


@dataclass(frozen=True, slots=True)
class NewPasswordPage:
    """Asks for a password, once."""

    form: NewPasswordForm
    url: str
    refused: Sentence | None

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)


@dataclass(frozen=True, slots=True)
class ForgottenPage:
    """Asks who cannot sign in, where the site can send messages."""

    form: ForgottenForm
    refused: Sentence | None
    sends_mail: bool

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)


@dataclass(frozen=True, slots=True)
class CodePage:
    """The second step. `later` keeps, sealed, a form that was being sent."""

    form: CodeForm
    refused: Sentence | None
    next: str
    later: str

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)


@dataclass(frozen=True, slots=True)
class SecondStepPage:
    """One's second step: set up (`picture` and `key` are shown), or as it is (`since`)."""

    form: SetUpForm
    prove: ProveForm
    since: datetime | None
    codes_left: int
    picture: str
    key: str
    sealed: str
    has_password: bool
    refused: Sentence | None
    tickets: Mapping[str, str]
    url: str

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)


@dataclass(frozen=True, slots=True)
class RecoveryPage:
    """Recovery codes, shown once."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A device on which one is signed in; `current` is this one."""

    id: str
    device: str
    address: str
    began_at: datetime
    current: bool
    ticket: str


@dataclass(frozen=True, slots=True)
class SessionsPage:
    """All of them, the newest first."""

    lines: tuple[SessionLine, ...]
    ticket: str


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
    other_site = settings.oidc_name if settings.oidc_issuer else ""
    form = form or SignInForm(formdata=None)
    return SignInPage(form, notice, refused, next_url, later, accounts, other_site)
