"""A row of a list of staff: what it says, and what cannot be understood in it. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from lms.base.language import Sentence, sentence
from lms.exchange.reading.rows import FORMULA, Row, Sheet
from lms.exchange.rules.columns import HEADINGS, ROSTER
from lms.exchange.rules.days import Order, birth_year_in, day_in, order_in
from lms.exchange.rules.refusals import ColumnsMissing
from lms.people.rules import clean_login, fold_text
from lms.people.sounds import clean_telephone

COMPULSORY: Final = ("staff_number", "family_name", "given_name")
LONGEST_NAME: Final = 120
LONGEST_NUMBER: Final = 40
LONGEST_EMAIL: Final = 254
_SEXES: Final = {
    "female": ("f", "femme", "feminin", "woman", "female", "mme", "mlle", "mrs", "ms"),
    "male": ("m", "h", "homme", "masculin", "man", "male", "mr"),
    "other": ("autre", "other", "x"),
    "": ("non precise", "non precisee", "not stated", "nr", "na", "inconnu", "unknown"),
}
_EMPLOYMENTS: Final = {
    "employee": (
        "employee",
        "employe",
        "employee e",
        "employe e",
        "agent",
        "titulaire",
        "permanent",
        "permanente",
        "fonctionnaire",
        "salarie",
        "salariee",
        "cdi",
        "cdd",
        "fixed term",
        "full time",
        "part time",
        "staff",
    ),
    "contract": (
        "contract",
        "contractuel",
        "contractuelle",
        "agent contractuel",
        "agent sous contrat",
        "agent under contract",
        "on contract",
        "contractor",
        "prestataire",
        "vacataire",
        "temporaire",
        "temporary",
        "interimaire",
    ),
}
_LANGUAGES: Final = {
    "fr": ("fr", "fra", "fre", "francais", "francaise", "french"),
    "en": ("en", "eng", "anglais", "anglaise", "english"),
}
_FIELDS_IN_ORDER: Final = tuple(ROSTER)


@dataclass(frozen=True, slots=True)
class StaffRow:
    """What one row says about somebody. None or empty: it says nothing. `office` and
    `office_name` and `phone` are as typed."""

    row: Row
    staff_number: str
    family_name: str
    given_name: str
    sex: str | None
    birth_year: int | None
    office: str
    office_name: str
    employment: str
    email: str
    phone: str
    language: str
    start: date | None
    end: date | None
    problems: tuple[Sentence, ...]
    warnings: tuple[Sentence, ...]

    @property
    def name(self) -> str:
        """Family name, then given name, as lists are sorted."""
        return f"{self.family_name} {self.given_name}".strip()


def refuse_missing_columns(sheet: Sheet, wanted: tuple[str, ...], language: str) -> None:
    """Refuses with `ColumnsMissing` unless all these things have a column."""
    missing = [HEADINGS[language][thing] for thing in wanted if not sheet.has(thing)]
    if missing:
        found = ", ".join(cell for cell in sheet.head if cell)[:200]
        raise ColumnsMissing(columns=", ".join(missing), found=found)


def staff_rows(sheet: Sheet, today: date) -> Iterator[StaffRow]:
    """Every row, understood as far as possible; a number that comes again is refused."""
    orders = {
        thing: order_in(sheet.cell(row, thing) for row in sheet.rows) for thing in ("start", "end")
    }
    seen: dict[str, int] = {}
    emails: dict[str, int] = {}
    for row in sheet.rows:
        understood = _Reading(sheet, row, orders, today).staff_row()
        yield _repeated(understood, seen, emails)


def _repeated(found: StaffRow, seen: dict[str, int], emails: dict[str, int]) -> StaffRow:
    problems = list(found.problems)
    number = found.staff_number
    if number and seen.setdefault(number, found.row.number) != found.row.number:
        problems.append(
            sentence(
                "The staff number %(number)s stands in row %(row)s already. Keep one of the two.",
                number=number,
                row=seen[number],
            )
        )
    email = clean_login(found.email)
    if email and emails.setdefault(email, found.row.number) != found.row.number:
        problems.append(
            sentence(
                "The e-mail address %(email)s stands in row %(row)s already. Each person needs "
                "an address of their own, or none.",
                email=found.email,
                row=emails[email],
            )
        )
    if len(problems) == len(found.problems):
        return found
    values = {name: getattr(found, name) for name in StaffRow.__slots__}
    return StaffRow(**{**values, "problems": tuple(problems)})


class _Reading:
    """One row being understood."""

    def __init__(self, sheet: Sheet, row: Row, orders: Mapping[str, Order], today: date) -> None:
        self.sheet, self.row, self.orders, self.today = sheet, row, orders, today
        self.problems: list[Sentence] = []
        self.warnings: list[Sentence] = []

    def staff_row(self) -> StaffRow:
        """All fields, then what was found wrong on the way."""
        self._formulas()
        given = {
            "staff_number": self._staff_number(),
            "family_name": self._name("family_name"),
            "given_name": self._name("given_name"),
            "sex": self._sex(),
            "birth_year": self._birth_year(),
            "office": self._text("office"),
            "office_name": self._text("office_name"),
            "employment": self._one_of("employment", _EMPLOYMENTS),
            "email": self._email(),
            "phone": self._phone(),
            "language": self._one_of("language", _LANGUAGES),
            "start": self._day("start"),
            "end": self._day("end"),
        }
        return StaffRow(
            row=self.row,
            **given,  # type: ignore[arg-type]
            problems=tuple(self.problems),
            warnings=tuple(self.warnings),
        )

    def _text(self, thing: str) -> str:
        return self.sheet.cell(self.row, thing)

    def _formulas(self) -> None:
        for thing in _FIELDS_IN_ORDER:
            text = self._text(thing)
            if text.startswith(FORMULA) and not (thing == "phone" and text.startswith("+")):
                self.warnings.append(
                    sentence(
                        "“%(text)s” looks like a formula. It was taken as text: check it.",
                        text=text[:60],
                    )
                )

    def _staff_number(self) -> str:
        number = clean_login(self._text("staff_number"))
        if not number:
            self.problems.append(sentence("The staff number is missing."))
        elif len(number) > LONGEST_NUMBER:
            self.problems.append(sentence("The staff number is longer than 40 characters."))
            return number[:LONGEST_NUMBER]
        return number

    def _name(self, thing: str) -> str:
        name = self._text(thing)
        if not name:
            missing = {
                "family_name": sentence("The family name is missing."),
                "given_name": sentence("The given name is missing."),
            }
            self.problems.append(missing[thing])
        elif len(name) > LONGEST_NAME:
            self.problems.append(sentence("A name is longer than 120 characters. Shorten it."))
        return name[:LONGEST_NAME]

    def _sex(self) -> str | None:
        text = self._text("sex")
        if not text:
            return None
        return self._word("sex", text, _SEXES)

    def _one_of(self, thing: str, words: Mapping[str, tuple[str, ...]]) -> str:
        text = self._text(thing)
        return (self._word(thing, text, words) or "") if text else ""

    def _word(self, thing: str, text: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
        plain = " ".join(re.findall(r"[a-z0-9]+", fold_text(text)))
        for value, known in words.items():
            if plain in known:
                return value
        self.problems.append(_NOT_KNOWN[thing](text[:40]))
        return None

    def _birth_year(self) -> int | None:
        text = self._text("birth")
        if not text:
            return None
        year = birth_year_in(text, self.today)
        if year is None:
            self.problems.append(
                sentence(
                    "“%(text)s” is not a year of birth. Write four digits, for example 1988, or "
                    "the date as year-month-day.",
                    text=text[:40],
                )
            )
        return year

    def _email(self) -> str:
        email = re.sub(r"\s+", "", self._text("email"))
        right = re.fullmatch(r"[^@]+@[^@.]+(\.[^@.]+)+", email)
        if email and (not right or len(email) > LONGEST_EMAIL):
            self.problems.append(
                sentence("“%(text)s” is not an e-mail address. Correct it.", text=email[:60])
            )
        return email[:LONGEST_EMAIL]

    def _phone(self) -> str:
        return clean_telephone(self._text("phone"))

    def _day(self, thing: str) -> date | None:
        text = self._text(thing)
        if not text:
            return None
        found = day_in(text, self.orders[thing])
        if found.problem:
            self.problems.append(found.problem)
        return found.day


def _not_a_sex(text: str) -> Sentence:
    return sentence(
        "“%(text)s” is not understood as a sex. Write F, M or Other, or leave it empty.", text=text
    )


def _not_an_employment(text: str) -> Sentence:
    return sentence(
        "“%(text)s” is not understood as a type of employment. Write “employee” or “contract”.",
        text=text,
    )


def _not_a_language(text: str) -> Sentence:
    return sentence(
        "“%(text)s” is not a language of this site. Write “fr” or “en”, or leave it empty.",
        text=text,
    )


_NOT_KNOWN: Final[Mapping[str, Callable[[str], Sentence]]] = {
    "sex": _not_a_sex,
    "employment": _not_an_employment,
    "language": _not_a_language,
}
