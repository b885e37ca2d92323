"""What the lists say, in each language. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel.dates import format_date

from lms.base.paper import LOCALES, day_in_words


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed texts of one language; `{}` takes a value."""

    heading: str
    blank_heading: str
    organiser: str
    place: str
    dates: str
    number: str
    card: str
    name: str
    sender: str
    state: str
    role: str
    present: str
    absent: str
    yes: str
    no: str
    late: str
    sign: str
    page: str
    document: str
    walk_ins: str
    signature: str
    minutes: str
    specimen: str
    roles: Mapping[str, str]


WORDS: Final[Mapping[str, Words]] = {
    "fr": Words(
        heading="Liste de présence",
        blank_heading="Feuille de présence à signer",
        organiser="Organisé par",
        place="Lieu",
        dates="Dates",
        number="Nº",
        card="Numéro de carte",
        name="Nom",
        sender="Délégation",
        state="État",
        role="Rôle",
        present="présent",
        absent="–",
        yes="oui",
        no="non",
        late="saisie après coup",
        sign="Chacun signe dans la case de chaque séance.",
        page="page {} sur {}",
        document="{} – liste de présence",
        walk_ins="Personnes qui ne figurent pas sur la liste",
        signature="Date, nom et signature de l’animateur",
        minutes="Minutes de présence",
        specimen="Démonstration : ces personnes n’existent pas",
        roles={
            "participant": "participant",
            "facilitator": "animateur",
            "interpreter": "interprète",
            "organiser": "organisateur",
            "observer": "observateur",
        },
    ),
    "en": Words(
        heading="Attendance list",
        blank_heading="Attendance sheet to sign",
        organiser="Organised by",
        place="Place",
        dates="Dates",
        number="No.",
        card="Card number",
        name="Name",
        sender="Delegation",
        state="State",
        role="Role",
        present="present",
        absent="–",
        yes="yes",
        no="no",
        late="entered later",
        sign="Everybody signs in the box of each sitting.",
        page="page {} of {}",
        document="{} – attendance list",
        walk_ins="People who are not on the list",
        signature="Date, name and signature of the facilitator",
        minutes="Minutes present",
        specimen="Demonstration: these people are not real",
        roles={
            "participant": "participant",
            "facilitator": "facilitator",
            "interpreter": "interpreter",
            "organiser": "organiser",
            "observer": "observer",
        },
    ),
}


def short_day(day: date, language: str) -> str:
    """“23 Nov”, « 23 nov. »."""
    text: str = format_date(day, "d MMM", locale=LOCALES[language])
    return text


def days_in_words(first: date, last: date, language: str) -> str:
    """One day, or the first and the last with a dash between."""
    if first == last:
        return day_in_words(first, language)
    return f"{day_in_words(first, language)} – {day_in_words(last, language)}"
