"""What messages say, in each language. Pure.

They are made where nobody's browser says a language, so these texts are not in the catalogues.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Message:
    """A message: `{name}`, `{site}` and `{link}` are filled in."""

    subject: str
    text: str


MESSAGES: Final[Mapping[str, Mapping[str, Message]]] = {
    "invitation": {
        "fr": Message(
            "Votre compte sur {site}",
            "Bonjour {name},\n\nun compte vous attend sur {site}. Pour choisir votre mot de passe, "
            "ouvrez cette adresse\u202f:\n\n{link}\n\nElle est valable 7\u00a0jours et ne sert "
            "qu’une fois. Si vous ne pouvez pas l’ouvrir, demandez une feuille imprimée à votre "
            "responsable.\n",
        ),
        "en": Message(
            "Your account on {site}",
            "Hello {name},\n\nan account is ready for you on {site}. To choose your password, open "
            "this address:\n\n{link}\n\nIt is valid for 7 days and works once. If you cannot open "
            "it, ask your manager for a printed sheet.\n",
        ),
    },
    "reset": {
        "fr": Message(
            "Choisir un nouveau mot de passe sur {site}",
            "Bonjour {name},\n\nquelqu’un a demandé un nouveau mot de passe pour votre compte sur "
            "{site}. Si c’est vous, ouvrez cette adresse\u202f:\n\n{link}\n\nElle est valable "
            "7\u00a0jours et ne sert qu’une fois. Si ce n’est pas vous, ne faites rien\u202f: "
            "votre mot de passe ne change pas.\n",
        ),
        "en": Message(
            "Choose a new password on {site}",
            "Hello {name},\n\nsomebody asked for a new password for your account on {site}. If it "
            "was you, open this address:\n\n{link}\n\nIt is valid for 7 days and works once. If it "
            "was not you, do nothing: your password stays as it is.\n",
        ),
    },
    "reminder": {
        "fr": Message(
            "Des cours à terminer sur {site}",
            "Bonjour {name},\n\nun ou plusieurs cours sont à terminer bientôt, ou auraient dû "
            "l’être. Vous voyez lesquels, et reprenez où vous en étiez, à cette adresse\u202f:\n\n"
            "{link}\n\nSi vous avez terminé entre-temps, ne faites rien.\n",
        ),
        "en": Message(
            "Courses to finish on {site}",
            "Hello {name},\n\none or more courses are to be finished soon, or should have been "
            "finished. You see which ones, and go on where you were, at this address:\n\n{link}\n\n"
            "If you have finished them in the meantime, do nothing.\n",
        ),
    },
}
