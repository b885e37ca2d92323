"""What a first sign-in sheet says, in each language. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed texts of a sheet; `{}` takes a value."""

    heading: str
    document: str
    name: str
    office: str
    site: str
    login: str
    code: str
    valid: str
    steps: tuple[str, ...]
    keep: str
    specimen: str


WORDS: Final[Mapping[str, Words]] = {
    "fr": Words(
        heading="Votre première connexion",
        document="Feuille de première connexion – {}",
        name="Nom",
        office="Bureau",
        site="Adresse du site",
        login="Vous vous connectez avec",
        code="Code à usage unique",
        valid="Le code est valable jusqu’au {} et ne sert qu’une fois.",
        steps=(
            "Sur un ordinateur ou un téléphone, ouvrez l’adresse du site écrite ci-dessus.",
            "Tapez le code. Les tirets et les majuscules ne comptent pas.",
            "Choisissez un mot de passe d’au moins 12 caractères. Plusieurs mots se retiennent "
            "bien.",
            "La fois suivante, connectez-vous avec votre numéro ou votre adresse électronique et "
            "ce mot de passe.",
        ),
        keep="Cette feuille est pour vous seul. Détruisez-la après la première connexion.",
        specimen="Démonstration\u202f: cette personne n’existe pas",
    ),
    "en": Words(
        heading="Signing in for the first time",
        document="First sign-in sheet – {}",
        name="Name",
        office="Office",
        site="Address of the site",
        login="You sign in with",
        code="One-time code",
        valid="The code is valid until {} and works once.",
        steps=(
            "On a computer or a telephone, open the address of the site written above.",
            "Type the code. Dashes and capital letters do not matter.",
            "Choose a password of at least 12 characters. Several words are easy to remember.",
            "Next time, sign in with your number or e-mail address and this password.",
        ),
        keep="This sheet is for you alone. Destroy it after you have signed in.",
        specimen="Demonstration: this person is not real",
    ),
}
