"""The union, its member states and their designated operators, from the lists beside this file."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lms.base.ids import derived_id
from lms.people.events import OrganisationAdded

LISTS: Final = Path(__file__).parent / "data"
UNION: Final = "UPAP"
NOT_CONFIRMED: Final = "C"


def organisation_id(code: str) -> str:
    """The id of the organisation with this code: the same on every server."""
    return derived_id("organisation", code)


def union_and_states(
    members: Path = LISTS / "member_states.csv", observers: Path = LISTS / "observer_states.csv"
) -> list[OrganisationAdded]:
    """The union, 45 member states, the operators whose name is confirmed, and observer states.

    A row with confidence C brings its state without an operator.
    """
    union = OrganisationAdded(
        organisation=organisation_id(UNION),
        code=UNION,
        level="union",
        parent=None,
        name_fr="Union panafricaine des postes",
        name_en="Pan African Postal Union",
    )
    return [union, *_members(members), *_observers(observers)]


def _members(path: Path) -> Iterator[OrganisationAdded]:
    for row in _rows(path):
        yield _state(row, row["papu_subregion"], "member")
        if row["operator_confidence"] != NOT_CONFIRMED:
            yield OrganisationAdded(
                organisation=organisation_id(f"{row['iso2']}-OP"),
                code=f"{row['iso2']}-OP",
                level="operator",
                parent=organisation_id(row["iso2"]),
                name_fr=row["designated_operator"],
                name_en=row["designated_operator"],
                country=row["iso2"],
                subregion=row["papu_subregion"],
                confidence=row["operator_confidence"],
            )


def _observers(path: Path) -> Iterator[OrganisationAdded]:
    for row in _rows(path):
        yield _state(row, row["au_region"], "observer")


def _state(row: dict[str, str], subregion: str, membership: str) -> OrganisationAdded:
    return OrganisationAdded(
        organisation=organisation_id(row["iso2"]),
        code=row["iso2"],
        level="state",
        parent=organisation_id(UNION),
        name_fr=row["name_fr"].replace("'", "’"),
        name_en=row["name_en"],
        country=row["iso2"],
        subregion=subregion,
        membership=membership,
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
