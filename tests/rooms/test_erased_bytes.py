"""Whoever is erased is gone from the files themselves, not only from what the site shows."""

from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy import func, select

from lms.base.database import db, empty_journals, work_reading, writing
from lms.base.ids import new_id
from lms.cli.privacy import remove_what_is_due
from lms.exchange.actions import check_draft, confirm_draft, keep_draft
from lms.exchange.actions.trainings import SOURCES
from lms.exchange.tables import DraftRow
from lms.learning.declared.tables import DeclaredRow
from lms.people.access.sending import wish_for_reset
from lms.people.actions.leaving import ask_erasure
from lms.people.corrections.actions import ask_correction
from lms.people.queries import people_known_as
from lms.people.rules import fold_text
from lms.people.sounds import sound_of
from lms.record.events import Actor
from lms.settings import Settings
from tests.builders import SPRING, make_person
from tests.rooms.test_ways_in import invite

GIVEN, FAMILY, NUMBER = "Zéphirine", "Qwiztumarko", "ZQ987654"
EMAIL, PHONE = "zephirine.qwiztumarko@post.example", "+225 07 99 88 77 66"
SOUND = sound_of(FAMILY)
MARKS = (
    GIVEN,
    FAMILY,
    fold_text(GIVEN),
    fold_text(FAMILY),
    NUMBER,
    NUMBER.lower(),
    "799887766",
    PHONE,
)
LIST = (
    "matricule;nom;prénom;courriel;téléphone;bureau\n"
    f"{NUMBER};{FAMILY};{GIVEN};{EMAIL};{PHONE};CI-OP-ABJ-01\n"
    "A1;Koné;Awa;;;CI-OP-ABJ-01\n"
)
PAST = (
    "Matricule;Nom;Formation;Heures;Date\n"
    f"{NUMBER};{GIVEN} {FAMILY};Tri;6;2025-05-04\n"
    "A1;Awa Koné;Tri;6;2025-05-04\n"
)


def said_nothing(_done: int, _total: int) -> None:
    pass


def send(what: Literal["roster", "trainings"], content: str, unit: str, settings: Settings) -> str:
    """A list that was sent and checked."""
    draft = keep_draft(
        what=what,
        unit=unit,
        person="chief",
        demo=False,
        language="fr",
        file_name=f"{what}.csv",
        data=content.encode(),
        at=SPRING,
    )
    check_draft(draft=draft, at=SPRING, progress=said_nothing)
    db.session.rollback()
    return draft


def take_in(
    what: Literal["roster", "trainings"], content: str, unit: str, settings: Settings
) -> None:
    """A list that was confirmed too."""
    confirm_draft(
        draft=send(what, content, unit, settings),
        by=Actor("chief", "officer"),
        at=SPRING,
        folder=settings.instance_dir,
        progress=said_nothing,
    )
    db.session.rollback()


def marks_in(folder: Path) -> set[tuple[str, str]]:
    """(file, mark) wherever a mark stands in any file, in any encoding."""
    return {
        (path.name, mark)
        for path in folder.rglob("*")
        if path.is_file()
        for mark in (*MARKS, SOUND)
        for encoding in ("utf-8", "utf-16-le", "latin-1")
        if mark.encode(encoding) in path.read_bytes()
    }


@pytest.fixture
def unit(settings: Settings, tree: dict[str, str]) -> str:
    """An operator with enough people that pages split and words stand beside others' words."""
    if not settings.uses_sqlite:
        pytest.skip("the files are read here as SQLite keeps them")
    for number in range(60):
        make_person(office=tree["CI-OP-ABJ-01"], family_name=f"Voisin{number:03d}" * 3)
    return tree["CI-OP"]


def erase(settings: Settings, person: str) -> None:
    with writing():
        ask_erasure(person=person, by=Actor(person), at=SPRING, event_id=new_id())
    dict(remove_what_is_due(settings, SPRING + timedelta(days=31)))
    assert empty_journals()
    db.session.rollback()


def is_kept(draft: str) -> bool:
    with work_reading() as work:
        return work.scalar(select(DraftRow.id).where(DraftRow.id == draft)) is not None


def test_not_a_byte_of_a_name_is_left_in_any_file(settings: Settings, unit: str) -> None:
    take_in("roster", LIST, unit, settings)
    take_in("trainings", PAST, unit, settings)
    [zephirine] = people_known_as(NUMBER)
    invite(zephirine.id)
    wish_for_reset(login=EMAIL, language="fr", address="192.0.2.1", at=SPRING)
    with writing():
        ask_correction(
            person=zephirine.id,
            about="name",
            text=f"Je m’appelle {GIVEN} {FAMILY}",
            by=Actor(zephirine.id),
            at=SPRING,
            event_id=new_id(),
        )
    db.session.rollback()
    before = {mark for _file, mark in marks_in(settings.instance_dir)}
    assert before >= {GIVEN, FAMILY, fold_text(FAMILY), SOUND, NUMBER.lower()}

    erase(settings, zephirine.id)

    assert marks_in(settings.instance_dir) == set()
    assert db.session.scalar(select(func.count()).select_from(DeclaredRow)) == 2


def test_the_rest_of_a_kept_source_stays_where_it_was(settings: Settings, unit: str) -> None:
    take_in("roster", LIST, unit, settings)
    take_in("trainings", PAST, unit, settings)
    [source] = (settings.instance_dir / SOURCES).iterdir()

    erase(settings, people_known_as(NUMBER)[0].id)

    assert list((settings.instance_dir / SOURCES).iterdir()) == [source]
    assert source.read_text().splitlines() == [
        "Matricule,Nom,Formation,Heures,Date",
        "",
        "A1,Awa Koné,Tri,6,2025-05-04",
    ]


def test_a_list_that_waits_and_names_who_is_erased_must_be_sent_again(
    settings: Settings, unit: str, tree: dict[str, str]
) -> None:
    namesake = make_person(
        office=tree["CI-OP-ABJ-02"], given_name="Yao", family_name=FAMILY, staff_number="Y1"
    )
    erased = make_person(
        office=tree["CI-OP-ABJ-02"], given_name=GIVEN, family_name=FAMILY, staff_number=NUMBER
    )
    settings = settings.model_copy(update={"keep_drafts_days": 365})
    waiting = send("roster", LIST, unit, settings)
    erase(settings, namesake)
    assert is_kept(waiting), "a shared family name is not enough"

    erase(settings, erased)

    assert not is_kept(waiting)
