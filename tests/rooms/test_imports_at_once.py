"""Lists that meet: the same list confirmed by two at once, and two rows about one person."""

import threading
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from lms.base.clock import now
from lms.base.database import db
from lms.exchange.actions import confirm_draft, confirming, planning
from lms.exchange.queries import refused_lines
from lms.people.queries import find_person, people_known_as
from lms.record.events import LearnerMerged
from lms.record.queries import count_in_quarantine, count_of_events
from tests.builders import keep, make_event
from tests.rooms.test_imports import AWA, BOSS, HEAD, bring_in, check, counts, nothing, one

Tree = dict[str, str]
AGAIN = "B2,Koné,Awa,CI-OP-ABJ-01,employee,1990,,"


def confirmed(draft: str, folder: Path) -> str:
    return confirm_draft(draft=draft, by=BOSS, at=now(), folder=folder, progress=nothing)


def test_a_list_that_two_confirm_at_once_is_one_import_for_both(
    app: Flask, tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, told, own = check(tree, f"{HEAD}\n{AWA}\n{AGAIN}"), [], threading.local()
    both_have_planned = threading.Barrier(2, timeout=20)
    plan_of = planning.plan_of

    def planned_together(*given: Any) -> Any:
        plan = plan_of(*given)
        if not hasattr(own, "waited"):
            own.waited = True
            both_have_planned.wait()
        return plan

    def confirm() -> None:
        with app.app_context():
            told.append(confirmed(draft, tmp_path))

    monkeypatch.setattr(confirming, "plan_of", planned_together)
    db.session.rollback()
    threads = [threading.Thread(target=confirm) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(told) == 2 and len(set(told)) == 1
    assert [len(people_known_as(number)) for number in ("A1", "B2")] == [1, 1]
    assert count_in_quarantine() == 0


def registered_twice(tree: Tree, folder: Path) -> str:
    """Awa, who has two staff numbers; her id."""
    bring_in(tree, folder, AWA, AGAIN)
    first, second = sorted((one("A1"), one("B2")))
    keep(make_event(LearnerMerged(first, second)))
    return first


def test_both_numbers_of_one_person_in_a_list_move_them_once(tree: Tree, tmp_path: Path) -> None:
    awa = registered_twice(tree, tmp_path)
    there = [row.replace("ABJ-01", "ABJ-02") for row in (AWA, AGAIN)]

    draft = check(tree, "\n".join([HEAD, *there]))
    assert counts(draft) == {"moved": 1, "refused": 1}
    (refused,) = refused_lines(draft)
    assert "row 2" in str(refused.says[0])
    confirmed(draft, tmp_path)
    db.session.rollback()

    found = find_person(awa)
    assert found is not None and found.office == tree["CI-OP-ABJ-02"]
    before = count_of_events()
    bring_in(tree, tmp_path, *there)
    assert count_of_events() == before


def test_who_stands_in_a_list_under_either_number_is_not_missing(
    tree: Tree, tmp_path: Path
) -> None:
    registered_twice(tree, tmp_path)
    for row in (AWA, AGAIN):
        assert "missing" not in counts(check(tree, f"{HEAD}\n{row}"))
