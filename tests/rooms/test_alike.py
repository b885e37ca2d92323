"""Who may have been registered twice is found the same way among few people and among a million."""

from itertools import pairwise

import pytest
from flask import Flask

from lms.people.events import LearnerMoved
from lms.people.queries import duplicates
from lms.people.queries.duplicates import Alike, alikes_in
from tests.builders import keep, make_event, make_person


@pytest.mark.parametrize("small", [0, 20_000])
def test_number_telephone_and_sound_with_the_year_are_three_reasons(
    app: Flask, tree: dict[str, str], monkeypatch: pytest.MonkeyPatch, small: int
) -> None:
    monkeypatch.setattr(duplicates, "_SMALL", small)
    office = tree["CI-OP-ABJ-01"]
    staff = [
        make_person(office=tree[code], staff_number="m-17", family_name=family)
        for code, family in (("CI-OP-ABJ-01", "Ba"), ("KE-OP-NBO-01", "Ly"))
    ]
    keep(make_event(LearnerMoved(staff[1], office, "employee", "2026-04-01")))
    phones = [make_person(office=office, phone="+225 07 00", family_name=n) for n in ("So", "Di")]
    sounds = [
        make_person(office=office, given_name=given, family_name=family, birth_year=1990)
        for given, family in (("Awa", "Koné"), ("Hawa", "Kone"))
    ]
    make_person(office=office, given_name="Awa", family_name="Koné", birth_year=1971)
    make_person(office=tree["KE-OP-NBO-01"], staff_number="m-17", family_name="Mwangi")

    found = alikes_in([f"{tree['UPAP']}/{tree['CI']}/"])

    wanted = {"staff-number": staff, "phone": phones, "sound": sounds}
    assert {each.why: each for each in found} == {
        why: Alike(*pair, why) for why, two in wanted.items() for pair in pairwise(sorted(two))
    }
    assert len(found) == 3
