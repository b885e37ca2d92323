"""The texts, by audience and version. A version that was read to somebody is never changed: what
is said otherwise is a new version below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

AUDIENCES: Final = ("citizen", "business-owner", "employee")


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One text: paragraphs by language."""

    audience: str
    version: int
    paragraphs: Mapping[str, tuple[str, ...]]

    def in_language(self, language: str) -> tuple[str, ...]:
        """Its paragraphs in a language."""
        return self.paragraphs.get(language) or self.paragraphs["fr"]


_TEXTS: Final = (
    ConsentText(
        "citizen",
        1,
        {
            "fr": (
                "La poste vous inscrit pour que vous puissiez suivre des cours gratuits. Nous "
                "gardons votre nom, votre langue et, si vous le voulez, votre année de naissance "
                "et votre sexe. Nous gardons aussi les leçons que vous faites et vos réponses.",
                "Votre nom ne sert qu’à vous reconnaître et à écrire votre certificat. Les "
                "chiffres que nous publions ne nomment personne.",
                "Vous choisissez un code secret ; personne d’autre ne doit le connaître, pas même "
                "nous. Vous pouvez à tout moment voir vos données, les faire corriger ou faire "
                "effacer votre nom : demandez au guichet. Dire non ne change rien aux autres "
                "services de la poste.",
            ),
            "en": (
                "The post registers you so that you can take free courses. We keep your name, "
                "your language and, if you wish, your year of birth and your sex. We also keep "
                "the lessons that you do and your answers.",
                "Your name is only used to recognise you and to write your certificate. The "
                "figures that we publish name nobody.",
                "You choose a secret code; nobody else may know it, not even us. At any time you "
                "can see your data, have it corrected or have your name erased: ask at the "
                "counter. If you say no, nothing changes in the other services of the post.",
            ),
        },
    ),
    ConsentText(
        "business-owner",
        1,
        {
            "fr": (
                "La poste vous inscrit, comme chef d’entreprise, pour que vous puissiez suivre des "
                "cours gratuits. Nous gardons votre nom, votre langue et, si vous le voulez, votre "
                "année de naissance et votre sexe. Nous gardons aussi les leçons que vous faites "
                "et vos réponses. Nous ne demandons ni vos comptes ni vos clients.",
                "Votre nom ne sert qu’à vous reconnaître et à écrire votre certificat. Les "
                "chiffres que nous publions ne nomment ni vous ni votre entreprise.",
                "Vous choisissez un code secret ; personne d’autre ne doit le connaître, pas même "
                "nous. Vous pouvez à tout moment voir vos données, les faire corriger ou faire "
                "effacer votre nom : demandez au guichet. Dire non ne change rien aux autres "
                "services de la poste.",
            ),
            "en": (
                "The post registers you, as the owner of a business, so that you can take free "
                "courses. We keep your name, your language and, if you wish, your year of birth "
                "and your sex. We also keep the lessons that you do and your answers. We ask "
                "neither for your accounts nor for your customers.",
                "Your name is only used to recognise you and to write your certificate. The "
                "figures that we publish name neither you nor your business.",
                "You choose a secret code; nobody else may know it, not even us. At any time you "
                "can see your data, have it corrected or have your name erased: ask at the "
                "counter. If you say no, nothing changes in the other services of the post.",
            ),
        },
    ),
    ConsentText(
        "employee",
        1,
        {
            "fr": (
                "La poste vous inscrit, comme membre de son personnel, pour votre formation. Nous "
                "gardons votre nom, votre bureau, votre langue et, si vous le voulez, votre année "
                "de naissance et votre sexe. Nous gardons aussi les leçons que vous faites, vos "
                "réponses et vos résultats.",
                "Votre responsable voit les cours que vous avez suivis et terminés. Les chiffres "
                "publiés ne nomment personne.",
                "Vous choisissez un code secret ; personne d’autre ne doit le connaître. Vous "
                "pouvez à tout moment voir vos données et les faire corriger : demandez à votre "
                "responsable.",
            ),
            "en": (
                "The post registers you, as a member of its staff, for your training. We keep your "
                "name, your office, your language and, if you wish, your year of birth and your "
                "sex. We also keep the lessons that you do, your answers and your results.",
                "Your manager sees which courses you have taken and completed. Published figures "
                "name nobody.",
                "You choose a secret code; nobody else may know it. At any time you can see your "
                "data and have it corrected: ask your manager.",
            ),
        },
    ),
)


def consent_for(audience: str) -> ConsentText:
    """The newest text for an audience; an employee on contract hears the employees' one."""
    wanted = "employee" if audience == "contract" else audience
    fitting = [text for text in _TEXTS if text.audience == wanted]
    return max(fitting or _TEXTS[:1], key=lambda text: text.version)


def find_consent(audience: str, version: int) -> ConsentText | None:
    """The text that was read to somebody."""
    wanted = (audience, version)
    return next((text for text in _TEXTS if (text.audience, text.version) == wanted), None)
