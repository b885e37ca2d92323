"""What a card says, in each language. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed texts of one language; `{}` takes a value."""

    card: str
    number: str
    code: str
    secret: str
    lost: str
    cut: str
    document: str
    documents: str


WORDS: Final[Mapping[str, Words]] = {
    "fr": Words(
        card="Carte d’apprenant",
        number="Numéro",
        code="Code QR du numéro {}",
        secret="Votre code PIN reste secret.",
        lost="Aide, carte perdue : au guichet.",
        cut="Découpez le long du trait.",
        document="Carte d’apprenant {}",
        documents="Cartes d’apprenant",
    ),
    "en": Words(
        card="Learner card",
        number="Number",
        code="QR code of the number {}",
        secret="Keep your PIN secret.",
        lost="Help, lost card: at the counter.",
        cut="Cut along the line.",
        document="Learner card {}",
        documents="Learner cards",
    ),
}
