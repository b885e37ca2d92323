"""What the templates of the counter are given."""

from dataclasses import dataclass
from datetime import datetime

from lms.base.language import Sentence
from lms.certificates.rules import Certificate
from lms.people.cards.rules import CardState
from lms.people.consents.texts import ConsentText
from lms.people.devices.rules import Device
from lms.people.rules import Organisation, Person
from lms.web.counter.forms import CardForm, CodeForm, RegisterForm, ResetPinForm


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody who was here today or was searched for. `url` is empty for who belongs to an office
    that is not the helper's: then there is no name either. `hint` tells people of one name apart:
    their office, and how their staff number ends."""

    id: str
    name: str
    number: str
    url: str
    state: CardState
    registered: bool = False
    signed_in: bool = False
    at: datetime | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message that was not sent; `why` says what to do where it was refused."""

    name: str
    url: str
    purpose: str
    due_at: datetime
    refused: bool
    why: Sentence | None


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A printed sheet whose code nobody used."""

    name: str
    url: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits at one office. `results` were kept here today; `mails` says whether this server
    sends messages at all."""

    messages: tuple[MessageLine, ...]
    sheets: tuple[SheetLine, ...]
    cards: tuple[PersonLine, ...]
    results: int
    mails: bool

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is left to do."""
        return not (self.messages or self.sheets or self.cards)


@dataclass(frozen=True, slots=True)
class TodayPage:
    """An office's day. `guests` is (visits, minutes) without a card; `helped_week` and
    `helped_by_me` are (sessions, minutes) of this week."""

    office: Organisation
    offices: tuple[Organisation, ...]
    search: str
    found: tuple[PersonLine, ...]
    total: int
    lines: tuple[PersonLine, ...]
    registered: int
    signed_in: int
    guests: tuple[int, int]
    assisted_now: tuple[datetime, ...]
    helped_week: tuple[int, int]
    helped_by_me: tuple[int, int]
    ticket: str
    waiting: Waiting
    answers_for_machines: bool


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom the consent text is for: a link that shows the form with that text."""

    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The form, the text to read aloud, and who may be the same person."""

    form: RegisterForm
    ticket: str
    audience: str
    audiences: tuple[Audience, ...]
    consent: ConsentText
    twins: tuple[PersonLine, ...] = ()

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.twins)


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person at the counter."""

    person: Person
    office: str
    employment: str
    state: CardState
    issued_at: datetime | None
    card: CardForm
    reset: ResetPinForm
    card_ticket: str
    withdraw_ticket: str
    pin_ticket: str
    is_new: bool
    may_give_pin: bool
    certificates: tuple[Certificate, ...]

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.reset.errors)


@dataclass(frozen=True, slots=True)
class PinCodePage:
    """Six digits that the person types at the kiosk to choose a PIN."""

    person: Person
    code: str
    until: datetime


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """One kiosk in the list."""

    device: Device
    office: str
    enrolled_at: datetime
    withdrawn_at: datetime | None
    last_day: datetime | None
    ticket: str


@dataclass(frozen=True, slots=True)
class DevicesPage:
    """The kiosks of my offices, and the form that makes a code for another one."""

    lines: tuple[DeviceLine, ...]
    form: CodeForm
    ticket: str

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors)


@dataclass(frozen=True, slots=True)
class DeviceCodePage:
    """A code that makes one machine a kiosk. `qr` is safe SVG of `url`."""

    office: str
    code: str
    url: str
    address: str
    qr: str
    until: datetime
