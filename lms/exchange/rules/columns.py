"""Which column holds what: names of columns in French and English, as people write them. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lms.exchange.rules.refusals import ColumnTwice
from lms.people.rules import fold_text

Names = Mapping[str, tuple[str, ...]]

_STAFF_NUMBER: Final = (
    "matricule",
    "numero matricule",
    "no matricule",
    "n matricule",
    "numero agent",
    "numero d agent",
    "id agent",
    "staff number",
    "staff no",
    "staff id",
    "employee number",
    "employee no",
    "employee id",
    "personnel number",
    "payroll number",
)
ROSTER: Final[Names] = {
    "staff_number": _STAFF_NUMBER,
    "family_name": (
        "nom",
        "nom de famille",
        "noms",
        "family name",
        "last name",
        "surname",
    ),
    "given_name": ("prenom", "prenoms", "prenom s", "given name", "given names", "first name"),
    "sex": ("sexe", "genre", "sex", "gender", "civilite"),
    "birth": (
        "annee de naissance",
        "annee naissance",
        "date de naissance",
        "date naissance",
        "naissance",
        "ne le",
        "ne e le",
        "birth year",
        "year of birth",
        "birth date",
        "birthdate",
        "date of birth",
        "dob",
        "birth",
    ),
    "office": (
        "code bureau",
        "code du bureau",
        "bureau code",
        "code agence",
        "bureau",
        "agence",
        "bureau de poste",
        "office code",
        "office",
        "post office",
        "branch code",
        "branch",
    ),
    "office_name": ("nom du bureau", "nom bureau", "office name", "branch name", "nom de l agence"),
    "employment": (
        "type",
        "emploi",
        "type d emploi",
        "statut",
        "type de contrat",
        "contrat",
        "employment",
        "employment type",
        "type of employment",
        "contract",
        "contract type",
        "status",
    ),
    "email": (
        "courriel",
        "e mail",
        "email",
        "mail",
        "adresse electronique",
        "adresse e mail",
        "adresse mail",
        "adresse courriel",
        "e mail address",
        "email address",
    ),
    "phone": (
        "telephone",
        "tel",
        "numero de telephone",
        "portable",
        "mobile",
        "phone",
        "phone number",
        "mobile phone",
        "cell phone",
    ),
    "language": ("langue", "language"),
    "start": (
        "debut",
        "date de debut",
        "date debut",
        "date d effet",
        "date d entree",
        "depuis le",
        "depuis",
        "start",
        "start date",
        "since",
        "effective date",
        "from",
    ),
    "end": (
        "fin",
        "date de fin",
        "date fin",
        "date de sortie",
        "date de depart",
        "end",
        "end date",
        "leaving date",
        "until",
    ),
}
TRAININGS: Final[Names] = {
    "staff_number": _STAFF_NUMBER,
    "title": (
        "formation",
        "intitule",
        "intitule de la formation",
        "titre",
        "titre du cours",
        "cours",
        "nom du cours",
        "module",
        "training",
        "training title",
        "title",
        "course",
        "course title",
        "course name",
        "name of course",
    ),
    "course": (
        "code du cours",
        "code cours",
        "cours sur le site",
        "course code",
        "course id",
        "code",
    ),
    "hours": (
        "heures",
        "nombre d heures",
        "nb heures",
        "duree",
        "duree en heures",
        "duree heures",
        "hours",
        "duration",
        "number of hours",
        "duration in hours",
        "length in hours",
    ),
    "on": (
        "date",
        "date de la formation",
        "date de fin",
        "date fin",
        "fin",
        "termine le",
        "jour",
        "date of training",
        "training date",
        "completion date",
        "completed on",
        "end date",
        "day",
    ),
    "percent": (
        "resultat",
        "resultat du test",
        "note",
        "score",
        "pourcentage",
        "note en pour cent",
        "test result",
        "result",
        "mark",
        "percent",
        "percentage",
    ),
}
HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "fr": {
        "staff_number": "Matricule",
        "family_name": "Nom",
        "given_name": "Prénom",
        "sex": "Sexe",
        "birth": "Année de naissance",
        "office": "Code bureau",
        "office_name": "Nom du bureau",
        "employment": "Type",
        "email": "Courriel",
        "phone": "Téléphone",
        "language": "Langue",
        "start": "Début",
        "end": "Fin",
        "title": "Formation",
        "course": "Code du cours",
        "hours": "Heures",
        "on": "Date",
        "percent": "Résultat",
    },
    "en": {
        "staff_number": "Staff number",
        "family_name": "Family name",
        "given_name": "Given name",
        "sex": "Sex",
        "birth": "Birth year",
        "office": "Office code",
        "office_name": "Office name",
        "employment": "Type",
        "email": "E-mail",
        "phone": "Phone",
        "language": "Language",
        "start": "Start",
        "end": "End",
        "title": "Training",
        "course": "Course code",
        "hours": "Hours",
        "on": "Date",
        "percent": "Test result",
    },
}
"""The headings of an example file. They are part of the file's format, so each is recognised."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each thing stands: name of the thing → index of its column; and what else there is."""

    places: Mapping[str, int]
    unknown: tuple[str, ...]


def heading_as_compared(text: str) -> str:
    """A heading without accents, case, signs, nor what stands in brackets."""
    plain = re.sub(r"\(.*?\)|\[.*?\]", " ", fold_text(text))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def recognised(heading: str, names: Names) -> str | None:
    """What a column of this heading holds; None where it is none of ours."""
    wanted = heading_as_compared(heading)
    return next((thing for thing, known in names.items() if wanted in known), None)


def score_of(cells: Sequence[str], names: Names) -> int:
    """How many things a row would name if it were the row of headings."""
    return len({recognised(cell, names) for cell in cells} - {None})


def columns_in(head: Sequence[str], names: Names) -> Columns:
    """The columns of a row of headings; refuses two that hold the same."""
    places: dict[str, int] = {}
    unknown: list[str] = []
    for index, heading in enumerate(head):
        thing = recognised(heading, names)
        if thing is None:
            unknown += [heading] if heading else []
        elif thing in places:
            raise ColumnTwice(first=head[places[thing]][:60], second=heading[:60])
        else:
            places[thing] = index
    return Columns(places, tuple(unknown))
