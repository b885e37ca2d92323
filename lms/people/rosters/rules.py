"""One member of staff as a list is compared with. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody with a staff number, and what is known of them now. `phone` is the number as it was
    typed, or its last digits where only these were kept."""

    id: str
    staff_number: str
    given_name: str
    family_name: str
    email: str
    phone: str
    office: str
    employment: str
    sex: str
    birth_year: int | None
    language: str
    closed: bool


@dataclass(frozen=True, slots=True)
class Names:
    """What stands in the erasable table about one person. `telephone` is the number as it was
    typed, `phone` its digits."""

    person: str
    given_name: str
    family_name: str
    staff_number: str
    email: str
    phone: str
    telephone: str = ""
