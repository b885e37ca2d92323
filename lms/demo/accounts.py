"""The accounts a visitor of the demonstration may use, one for each kind of person."""

from dataclasses import dataclass
from typing import Final

PASSWORD: Final = "demo-relais-2026"


@dataclass(frozen=True, slots=True)
class Account:
    """One demo account: what it shows, its login, its name and where it acts."""

    role: str
    login: str
    given_name: str
    family_name: str
    office: str
    employment: str
    sex: str
    language: str
    position: str = ""
    at: str = ""


ACCOUNTS: Final = (
    Account(
        "learner", "demo-agent", "Awa (démo)", "Koné", "CI-OP-ABJ-01", "employee", "female", "fr"
    ),
    Account(
        "owner",
        "demo-owner",
        "Achieng (demo)",
        "Otieno",
        "KE-OP-NBO-01",
        "business-owner",
        "female",
        "en",
    ),
    Account(
        "trainer",
        "demo-trainer",
        "Moussa (démo)",
        "Diop",
        "SN-OP-DKR-01",
        "employee",
        "male",
        "fr",
        "trainer",
        "UPAP",
    ),
    Account(
        "manager",
        "demo-manager",
        "Affoué (démo)",
        "N’Guessan",
        "CI-OP-ABJ-01",
        "employee",
        "female",
        "fr",
        "training-manager",
        "CI-OP",
    ),
    Account(
        "helper",
        "demo-helper",
        "Yao (démo)",
        "Kouassi",
        "CI-OP-ABJ-01",
        "employee",
        "male",
        "fr",
        "helper",
        "CI-OP-ABJ-01",
    ),
    Account(
        "secretariat",
        "demo-secretariat",
        "Neema (demo)",
        "Mushi",
        "TZ-OP-ARK-01",
        "employee",
        "female",
        "en",
        "secretariat",
        "UPAP",
    ),
    Account(
        "engineer",
        "demo-engineer",
        "Chipo (demo)",
        "Banda",
        "ZM-OP-LUN-01",
        "employee",
        "other",
        "en",
        "engineer",
        "UPAP",
    ),
)
