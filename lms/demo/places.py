"""Regions and offices of the demonstration. Real towns, invented offices."""

from typing import Final

from lms.people.events import OrganisationAdded
from lms.people.importing import organisation_id

TOWNS: Final = {
    "CI": (("ABJ", "Abidjan", 2, "urban"), ("BKE", "Bouaké", 1, "rural")),
    "SN": (("DKR", "Dakar", 1, "urban"), ("TAM", "Tambacounda", 1, "rural")),
    "KE": (("NBO", "Nairobi", 2, "urban"), ("KIS", "Kisumu", 1, "rural")),
    "ZM": (("LUN", "Lusaka", 1, "urban"), ("CHI", "Chipata", 1, "rural")),
    "TN": (("TUN", "Tunis", 1, "urban"),),
    "TZ": (("ARK", "Arusha", 1, "urban"),),
    "CM": (("DLA", "Douala", 1, "urban"), ("MAR", "Maroua", 1, "rural")),
    "NG": (("LOS", "Lagos", 1, "urban"),),
}


def offices() -> list[OrganisationAdded]:
    """One region a town, and its offices."""
    found: list[OrganisationAdded] = []
    for country, towns in TOWNS.items():
        for code, town, count, area in towns:
            region = f"{country}-OP-{code}"
            found.append(_place(region, "region", f"{country}-OP", town, town, country, area))
            for number in range(1, count + 1):
                names = f"{town} – bureau {number} (démo)", f"{town} – office {number} (demo)"
                found.append(
                    _place(f"{region}-{number:02d}", "office", region, *names, country, area)
                )
    return found


def _place(
    code: str, level: str, parent: str, name_fr: str, name_en: str, country: str, area: str
) -> OrganisationAdded:
    return OrganisationAdded(
        organisation=organisation_id(code),
        code=code,
        level=level,
        parent=organisation_id(parent),
        name_fr=name_fr,
        name_en=name_en,
        country=country,
        area=area if level == "office" else "",
        demo=True,
    )


def office_codes() -> list[str]:
    """All demo offices."""
    return [place.code for place in offices() if place.level == "office"]
