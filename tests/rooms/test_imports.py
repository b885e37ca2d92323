"""What an import writes, what it must never write, and how it is taken back."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from lms.base.clock import now
from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.exchange.actions import check_draft, confirm_draft, keep_draft, undo_import
from lms.exchange.queries import current_draft, find_import, kept_in
from lms.exchange.rules.lines import What
from lms.exchange.rules.refusals import UndoneAlready
from lms.learning.declared.queries import declared_by
from lms.people.actions import hash_password, set_password_hash
from lms.people.actions.leaving import erase_due
from lms.people.erasures.actions import confirm_erasure, propose_erasure
from lms.people.events import LearnerErased, LearnerMoved
from lms.people.queries import find_person, people_known_as
from lms.people.queries.assignments import planned_for
from lms.record import projection
from lms.record.events import Actor
from lms.record.queries import count_in_quarantine, count_of_events
from tests.builders import keep, make_event, make_person

HEAD = "Staff number,Family name,Given name,Office code,Type,Birth year,Start,E-mail"
BOSS = Actor("boss", "officer")


def nothing(_done: int, _total: int) -> None:
    """Nobody watches the progress."""


def check(
    tree: dict[str, str],
    text: str,
    *,
    what: What = "roster",
    unit: str = "CI-OP",
    at: datetime | None = None,
) -> str:
    at = at or now()
    draft = keep_draft(
        what=what,
        unit=tree[unit],
        person="boss",
        demo=False,
        language="en",
        file_name="list.csv",
        data=text.encode(),
        at=at,
    )
    check_draft(draft=draft, at=at, progress=nothing)
    return draft


def bring_in(
    tree: dict[str, str],
    folder: Path,
    *rows: str,
    head: str = HEAD,
    what: What = "roster",
    at: datetime | None = None,
) -> str:
    draft = check(tree, "\n".join([head, *rows]), what=what, at=at)
    imported = confirm_draft(draft=draft, by=BOSS, at=at or now(), folder=folder, progress=nothing)
    db.session.rollback()
    return imported


def counts(draft: str) -> dict[str, int]:
    return {state: n for state, n in current_draft(draft, now()).counts.items() if n}


def one(number: str) -> str:
    return people_known_as(number)[0].id


AWA = "A1,Koné,Awa,CI-OP-ABJ-01,employee,1990,,"


def test_the_same_file_again_changes_nothing(tree: dict[str, str], tmp_path: Path) -> None:
    first = bring_in(tree, tmp_path, AWA)
    events = count_of_events()
    again = bring_in(tree, tmp_path, AWA)
    assert find_import(first) and find_import(again) is None
    assert count_of_events() == events and not count_in_quarantine()


def test_confirming_twice_is_one_import(tree: dict[str, str], tmp_path: Path) -> None:
    draft = check(tree, f"{HEAD}\n{AWA}")
    for _ in range(2):
        confirm_draft(draft=draft, by=BOSS, at=now(), folder=tmp_path, progress=nothing)
    db.session.rollback()
    assert len(people_known_as("a1")) == 1


def test_undone_people_are_gone_and_can_be_brought_in_again(
    tree: dict[str, str], tmp_path: Path
) -> None:
    imported = bring_in(tree, tmp_path, AWA)
    awa = one("a1")
    undo_import(imported=imported, by=BOSS, at=now(), progress=nothing)
    assert find_person(awa) is None and not people_known_as("a1")
    with pytest.raises(UndoneAlready):
        undo_import(imported=imported, by=BOSS, at=now(), progress=nothing)
    bring_in(tree, tmp_path, AWA)
    assert one("a1") == awa and not count_in_quarantine()


def test_a_change_and_a_move_are_taken_back_with_the_names(
    tree: dict[str, str], tmp_path: Path
) -> None:
    awa = make_person(
        office=tree["CI-OP-ABJ-01"], staff_number="A1", family_name="Kone", birth_year=1991
    )
    imported = bring_in(tree, tmp_path, "A1,Koné,Awa,CI-OP-ABJ-02,contract,1990,,awa@poste.example")
    after = find_person(awa)
    assert after is not None
    assert (after.family_name, after.office) == ("Koné", tree["CI-OP-ABJ-02"])
    assert (after.birth_year, after.employment, after.email) == (
        1990,
        "contract",
        "awa@poste.example",
    )
    undo_import(imported=imported, by=BOSS, at=now(), progress=nothing)
    before = find_person(awa)
    assert before is not None
    assert (before.family_name, before.office) == ("Kone", tree["CI-OP-ABJ-01"])
    assert (before.birth_year, before.email) == (1991, "")


def test_a_row_that_begins_later_moves_the_person_on_its_day(
    tree: dict[str, str], tmp_path: Path
) -> None:
    first, second = tree["CI-OP-ABJ-01"], tree["CI-OP-ABJ-02"]
    awa = make_person(office=first, staff_number="A1", family_name="Koné", given_name="Awa")
    today = now().date()
    day, too_far = (today + timedelta(days=days) for days in (40, 500))

    bring_in(tree, tmp_path, f"A1,Koné,Awa,CI-OP-ABJ-02,employee,,{day},")
    here = find_person(awa)
    assert here is not None and here.office == first
    planned = [(second, "employee", day)]
    assert [(p.office, p.employment, p.on) for p in planned_for(awa, today)] == planned

    events = count_of_events()
    for again in (day, too_far):
        bring_in(tree, tmp_path, f"A1,Koné,Awa,CI-OP-ABJ-02,employee,,{again},")
    assert count_of_events() == events


def test_a_move_that_is_planned_does_not_put_off_the_move_of_today(
    tree: dict[str, str], tmp_path: Path
) -> None:
    first, second = tree["CI-OP-ABJ-01"], tree["CI-OP-ABJ-02"]
    awa = make_person(office=first, staff_number="A1", family_name="Koné", given_name="Awa")
    ahead = (now().date() + timedelta(days=40)).isoformat()
    keep(make_event(LearnerMoved(awa, tree["KE-OP-NBO-01"], "employee", ahead)))

    bring_in(tree, tmp_path, "A1,Koné,Awa,CI-OP-ABJ-02,employee,,2026-03-05,")

    here = find_person(awa)
    assert here is not None and here.office == second


def test_what_something_stands_on_is_kept_and_named(tree: dict[str, str], tmp_path: Path) -> None:
    rows = [f"A{n},Koné,Awa,CI-OP-ABJ-01,employee,1990,," for n in (1, 2, 3, 4)]
    imported = bring_in(tree, tmp_path, *rows)
    moved, entered, free, renamed = (one(f"a{n}") for n in (1, 2, 3, 4))
    keep(make_event(LearnerMoved(moved, tree["CI-OP-ABJ-02"], "employee", "2026-03-01"), at=now()))
    secret = hash_password("four words are best")
    with writing():
        set_password_hash(person=entered, password_hash=secret, at=now())
    bring_in(tree, tmp_path, "A4,Traoré,Awa,CI-OP-ABJ-01,employee,1990,,")

    undo_import(imported=imported, by=BOSS, at=now(), progress=nothing)

    found = find_import(imported)
    assert found is not None and (found.undone, found.kept) == (1, 3)
    assert dict(kept_in(imported)) == {moved: "later", entered: "password", renamed: "names"}
    assert find_person(free) is None and find_person(moved) is not None


def test_an_erased_person_stays_erased_however_they_were_registered(
    tree: dict[str, str], tmp_path: Path
) -> None:
    by_hand = make_person(office=tree["CI-OP-ABJ-01"], staff_number="A2", family_name="Main")
    rows = [AWA, "A2,Main,Yao,CI-OP-ABJ-01,employee,1990,,"]
    imported = bring_in(tree, tmp_path, *rows)
    awa = one("a1")
    keep(*(make_event(LearnerErased(each), at=now()) for each in (awa, by_hand)))

    draft = check(tree, "\n".join([HEAD, *rows]))
    assert counts(draft) == {"refused": 2}
    bring_in(tree, tmp_path, *rows)
    undo_import(imported=imported, by=BOSS, at=now(), progress=nothing)
    assert not people_known_as("a1") and not people_known_as("a2")
    with writing():
        projection.rebuild()
    assert not people_known_as("a1") and not kept_in(imported)


def test_who_was_erased_on_their_behalf_does_not_come_back_by_an_old_list(
    tree: dict[str, str], tmp_path: Path
) -> None:
    bring_in(tree, tmp_path, AWA)
    awa = one("a1")
    with writing():
        propose_erasure(person=awa, ground="letter", by=BOSS, at=now(), event_id=new_id())
        chief = Actor("chief", "officer")
        confirm_erasure(person=awa, by=chief, at=now(), event_id=new_id())
    with writing():
        assert erase_due(at=now() + timedelta(days=31)) == 1

    assert counts(check(tree, f"{HEAD}\n{AWA}")) == {"refused": 1}
    bring_in(tree, tmp_path, AWA)
    assert not people_known_as("a1")


def test_two_people_may_have_the_same_name_and_year(tree: dict[str, str], tmp_path: Path) -> None:
    bring_in(tree, tmp_path, AWA, AWA.replace("A1", "A9"))
    assert one("a1") != one("a9")


def test_the_same_number_in_another_operator_is_another_person(
    tree: dict[str, str], tmp_path: Path
) -> None:
    kenyan = make_person(office=tree["KE-OP-NBO-01"], staff_number="A1")
    bring_in(tree, tmp_path, AWA)
    assert {each.id for each in people_known_as("a1")} > {kenyan}
    assert len(people_known_as("a1")) == 2


def test_an_address_of_somebody_else_refuses_the_row(tree: dict[str, str]) -> None:
    make_person(office=tree["KE-OP-NBO-01"], email="awa@poste.example")
    assert counts(check(tree, f"{HEAD}\n{AWA}awa@poste.example")) == {"refused": 1}


def test_a_file_is_forgotten_after_seven_days(tree: dict[str, str]) -> None:
    long_ago = now() - timedelta(days=8)
    draft = check(tree, f"{HEAD}\n{AWA}", at=long_ago)
    check(tree, f"{HEAD}\n{AWA}")
    with pytest.raises(Exception, match="not here any more"):
        current_draft(draft, long_ago)


def test_an_import_survives_a_rebuild(tree: dict[str, str], tmp_path: Path) -> None:
    imported = bring_in(tree, tmp_path, AWA)
    before = find_import(imported)
    with writing():
        projection.rebuild()
    assert find_import(imported) == before and find_person(one("a1")) is not None


PAST = "Staff number,Training,Course code,Hours,Date,Test result"


def test_past_trainings_are_declared_once_and_their_file_is_kept(
    app: Flask, tree: dict[str, str], tmp_path: Path
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"], staff_number="A1")
    rows = ["A1,Accueil,,1h30,2025-03-04,16/20", "A1,Tri,,2.5,2025-03-05,", "A8,Tri,,2,2025-03-05,"]
    imported = bring_in(tree, tmp_path, *rows, head=PAST, what="trainings")
    found = declared_by([awa])
    assert [(each.title, each.minutes, each.percent) for each in found] == [
        ("Tri", 150, None),
        ("Accueil", 90, 80),
    ]
    assert found[0].on == date(2025, 3, 5)
    done = find_import(imported)
    assert done is not None and (tmp_path / "sources" / done.sha256).is_file()
    events = count_of_events()
    bring_in(tree, tmp_path, *rows, head=PAST, what="trainings")
    assert count_of_events() == events
    undo_import(imported=imported, by=BOSS, at=now(), progress=nothing)
    assert declared_by([awa]) == []


@pytest.mark.parametrize(
    "row",
    [
        "A1,Tri,,0,2025-03-04,",
        "A1,Tri,,2,2025-13-04,",
        "A1,Tri,,2,2099-01-01,",
        "A1,Tri,,2,03/04/2025,",
        "A1,Tri,no-such-course,2,2025-03-04,",
        "A1,Tri,,2,2025-03-04,21/20",
        "A1,Tri,,many,2025-03-04,",
        "A1,,,2,2025-03-04,",
        ",Tri,,2,2025-03-04,",
    ],
)
def test_a_training_that_is_not_understood_is_refused(tree: dict[str, str], row: str) -> None:
    make_person(office=tree["CI-OP-ABJ-01"], staff_number="A1")
    assert counts(check(tree, f"{PAST}\n{row}", what="trainings")) == {"refused": 1}
