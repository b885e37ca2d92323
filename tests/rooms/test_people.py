"""People: nobody is seen from outside their subtree, the past stays, and passwords keep."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select, text

from lms.app import create_app
from lms.base.database import db, work_reading, writing
from lms.base.ids import derived_id, new_id
from lms.people.actions import (
    add_organisations,
    begin_session,
    change_password,
    end_session,
    end_sessions_of,
    hash_password,
    move_person,
    register_person,
    sign_in,
    signing_in,
)
from lms.people.events import OrganisationAdded, PositionGiven, PositionWithdrawn
from lms.people.importing import organisation_id, union_and_states
from lms.people.queries import (
    all_organisations,
    find_person,
    find_person_in,
    find_session,
    find_visitor,
    organisations_in,
    path_on,
    people_in,
    positions_of,
    profile_of,
    token_hash,
)
from lms.people.rules import (
    FREE_TRIES,
    FREE_TRIES_OF_ADDRESS,
    LoginTaken,
    PasswordTooShort,
    TooManyTries,
    WrongSignIn,
)
from lms.people.tables import CredentialRow, SessionRow, TryRow
from lms.record.events import SYSTEM
from lms.record.queries import count_in_quarantine, count_of_events
from lms.settings import Settings
from tests.builders import SPRING, keep, make_event, make_person

PASSWORD = "palme-oasis-jonque-jupe"
HOME = "192.0.2.7"


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each argon2 verification that was done, by the hash it was done on."""
    done: list[str] = []
    real = signing_in._fits

    def counted(password_hash: str, password: str) -> bool:
        done.append(password_hash)
        return real(password_hash, password)

    monkeypatch.setattr(signing_in, "_fits", counted)
    return done


def enter(
    login: str, password: str = PASSWORD, *, address: str = HOME, at: datetime = SPRING, **more: Any
) -> tuple[str, str]:
    return sign_in(
        login=login, password=password, address=address, device="test", hours=1, at=at, **more
    )


def person_with_password(tree: dict[str, str], login: str, **facts: Any) -> str:
    return make_person(
        office=tree["CI-OP-ABJ-01"],
        staff_number=login,
        password_hash=hash_password(PASSWORD),
        **facts,
    )


# Who may be seen


class Rolled(Exception):
    """Ends a transaction without keeping it."""


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=some.data())
def test_nobody_outside_the_subtree_is_ever_found(app: Flask, data: some.DataObject) -> None:
    size = data.draw(some.integers(1, 10))
    parents = [None, *(data.draw(some.integers(0, node - 1)) for node in range(1, size))]
    offices = data.draw(some.lists(some.integers(0, len(parents) - 1), max_size=8))
    scope = data.draw(some.sets(some.integers(0, len(parents) - 1), max_size=3))
    below = {n for n in range(len(parents)) if scope & set(ancestors(parents, n))}

    with pytest.raises(Rolled), writing():
        add_organisations(forest(parents), by=SYSTEM, at=SPRING)
        people = [register(organisation_id(str(office)), n) for n, office in enumerate(offices)]
        paths = [path_on(organisation_id(str(node)), SPRING.date()) for node in scope]

        found, count = people_in(paths, limit=100)
        wanted = {person for person, office in zip(people, offices, strict=True) if office in below}
        assert {person.id for person in found} == wanted
        assert count == len(wanted)
        assert {p for p in people if find_person_in(paths, p)} == wanted
        nodes = {organisation.code for organisation in organisations_in(paths)}
        assert nodes == {str(node) for node in below}
        raise Rolled
    db.session.rollback()


def ancestors(parents: list[int | None], node: int) -> list[int]:
    above = parents[node]
    return [node, *(ancestors(parents, above) if above is not None else [])]


def forest(parents: list[int | None]) -> list[OrganisationAdded]:
    return [
        OrganisationAdded(
            organisation=organisation_id(str(node)),
            code=str(node),
            level="office",
            parent=None if parent is None else organisation_id(str(parent)),
            name_fr=str(node),
            name_en=str(node),
        )
        for node, parent in enumerate(parents)
    ]


def register(office: str, number: int) -> str:
    return register_person(
        given_name="Ama",
        family_name=f"Essai {number}",
        office=office,
        employment="employee",
        by=SYSTEM,
        at=SPRING,
        event_id=derived_id("person", str(number)),
    )


def test_a_scope_of_nothing_finds_nobody(app: Flask, tree: dict[str, str]) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])

    assert people_in([]) == ([], 0)
    assert find_person_in([], awa) is None
    assert organisations_in([]) == []


@pytest.mark.parametrize("search", ["%", "_", "%%", "' OR 1=1", "\\"])
def test_signs_of_a_query_are_only_letters_to_look_for(
    app: Flask, tree: dict[str, str], search: str
) -> None:
    make_person(office=tree["CI-OP-ABJ-01"])

    assert people_in([path_on(tree["CI"], SPRING.date())], search=search) == ([], 0)


def test_a_manager_sees_an_office_from_the_day_it_moves_under_them(
    app: Flask, tree: dict[str, str]
) -> None:
    from lms.people.events import OrganisationMoved

    ama = make_person(office=tree["CI-OP-ABJ-02"])
    keep(make_event(OrganisationMoved(tree["CI-OP-ABJ-02"], tree["KE-OP"], "2026-03-05")))

    kenya, ivory = (path_on(tree[code], SPRING.date()) for code in ("KE-OP", "CI-OP"))
    assert find_person_in([kenya], ama) is not None
    assert find_person_in([ivory], ama) is None
    assert path_on(tree["CI-OP-ABJ-02"], date(2026, 3, 4)).startswith(ivory)
    assert path_on(tree["CI-OP-ABJ-02"], date(2026, 3, 5)).startswith(kenya)


# What was true on a day


def test_a_move_does_not_rewrite_the_days_before_it(app: Flask, tree: dict[str, str]) -> None:
    ama = make_person(office=tree["CI-OP-ABJ-01"])
    with writing():
        move_person(
            person=ama,
            office=tree["KE-OP-NBO-01"],
            employment="contract",
            on="2026-04-01",
            by=SYSTEM,
            at=SPRING + timedelta(days=40),
            event_id=new_id(),
        )

    before = profile_of(ama, datetime(2026, 3, 31, 23, 59, tzinfo=UTC))
    after = profile_of(ama, datetime(2026, 4, 1, tzinfo=UTC))
    assert before is not None and after is not None
    assert (before.office, before.employment) == (tree["CI-OP-ABJ-01"], "employee")
    assert (after.office, after.employment) == (tree["KE-OP-NBO-01"], "contract")


def test_of_two_moves_on_one_day_the_later_word_holds(app: Flask, tree: dict[str, str]) -> None:
    ama = make_person(office=tree["CI-OP-ABJ-01"])
    for minute, office in enumerate(("KE-OP-NBO-01", "CI-OP-ABJ-02")):
        with writing():
            move_person(
                person=ama,
                office=tree[office],
                employment="employee",
                on="2026-04-01",
                by=SYSTEM,
                at=SPRING + timedelta(minutes=minute),
                event_id=new_id(),
            )

    person = find_person(ama)
    assert person is not None and person.office == tree["CI-OP-ABJ-02"]


Said = tuple[type[PositionGiven] | type[PositionWithdrawn], str]
GIVEN, GONE = PositionGiven, PositionWithdrawn


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ([(GIVEN, "2026-03-02")], [("2026-03-02", "")]),
        ([(GIVEN, "2026-03-02"), (GONE, "2026-03-05")], [("2026-03-02", "2026-03-05")]),
        ([(GIVEN, "2026-03-02"), (GONE, "2026-03-02")], []),
        (
            [(GIVEN, "2026-03-02"), (GONE, "2026-03-02"), (GIVEN, "2026-03-02")],
            [("2026-03-02", "")],
        ),
        (
            [(GIVEN, "2026-03-02"), (GONE, "2026-03-05"), (GIVEN, "2026-03-05")],
            [("2026-03-02", "2026-03-05"), ("2026-03-05", "")],
        ),
    ],
    ids=["given", "withdrawn later", "withdrawn the same day", "and given again", "without a gap"],
)
def test_a_position_holds_until_the_last_word_about_it(
    app: Flask, tree: dict[str, str], said: list[Said], held: list[tuple[str, str]]
) -> None:
    ama = make_person(office=tree["CI-OP-ABJ-01"])
    for minute, (what, on) in enumerate(said):
        event = what(ama, "manager", tree["CI-OP"], on)
        keep(make_event(event, at=SPRING + timedelta(minutes=minute)))

    assert sorted((since, until) for _, _, since, until in positions_of(ama)) == held


def test_a_position_withdrawn_today_admits_nobody_today(app: Flask, tree: dict[str, str]) -> None:
    ama = make_person(office=tree["CI-OP-ABJ-01"])
    token = begin_session(person=ama, device="test", hours=1, at=SPRING)
    today = SPRING.date().isoformat()
    keep(make_event(PositionGiven(ama, "manager", tree["CI-OP"], today)))
    visitor = find_visitor(token, SPRING)
    assert visitor is not None and visitor.acts_as("manager")

    later = SPRING + timedelta(minutes=1)
    keep(make_event(PositionWithdrawn(ama, "manager", tree["CI-OP"], today), at=later))

    visitor = find_visitor(token, SPRING)
    assert visitor is not None and not visitor.acts_as("manager")


# The member states


def test_the_union_has_forty_five_members_and_an_operator_where_its_name_is_sure(
    app: Flask,
) -> None:
    with writing():
        new = add_organisations(union_and_states(), by=SYSTEM, at=SPRING)

    states, operators = all_organisations(level="state"), all_organisations(level="operator")
    members = {state.id: state for state in states if state.membership == "member"}
    assert len(members) == 45
    assert {state.parent for state in states} == {organisation_id("UPAP")}
    assert new == 1 + len(states) + len(operators)
    assert {operator.parent for operator in operators} <= set(members)
    assert len({operator.parent for operator in operators}) == len(operators)


def test_a_state_whose_operator_is_not_confirmed_stands_without_one(
    app: Flask, tmp_path: Any
) -> None:
    from lms.people.importing import LISTS, _rows

    unsure = [r for r in _rows(LISTS / "member_states.csv") if r["operator_confidence"] == "C"]
    brought = {organisation.code for organisation in union_and_states()}

    assert unsure
    assert all(r["iso2"] in brought and f"{r['iso2']}-OP" not in brought for r in unsure)


def test_importing_the_states_again_adds_nothing_and_raises_no_alarm(app: Flask) -> None:
    with writing():
        add_organisations(union_and_states(), by=SYSTEM, at=SPRING)
    events = count_of_events()

    with writing():
        assert add_organisations(union_and_states(), by=SYSTEM, at=SPRING + timedelta(1)) == 0

    assert count_of_events() == events
    assert count_in_quarantine() == 0


def test_a_later_list_that_spells_a_state_differently_raises_no_alarm_at_every_start(
    app: Flask, tree: dict[str, str]
) -> None:
    events = count_of_events()

    with writing():
        again = replace(union_and_states()[0], name_fr="Autre nom")
        assert add_organisations([again], by=SYSTEM, at=SPRING) == 0

    assert count_of_events() == events
    assert count_in_quarantine() == 0


# Registering


def test_the_same_form_sent_twice_registers_one_person(app: Flask, tree: dict[str, str]) -> None:
    event_id = new_id()
    first = make_person(office=tree["CI-OP-ABJ-01"], event_id=event_id)
    again = make_person(office=tree["CI-OP-ABJ-01"], event_id=event_id)

    assert first == again
    assert people_in([path_on(tree["CI"], SPRING.date())])[1] == 1


def test_an_address_that_somebody_has_is_refused(app: Flask, tree: dict[str, str]) -> None:
    make_person(office=tree["CI-OP-ABJ-01"], email="Awa@example.org")

    with pytest.raises(LoginTaken):
        make_person(office=tree["KE-OP-NBO-01"], email=" awa@EXAMPLE.org ")


# Signing in


def test_who_gives_the_right_password_enters_by_number_or_address(
    app: Flask, tree: dict[str, str]
) -> None:
    awa = person_with_password(tree, "CI 0042", email="awa@example.org")

    for login in ("ci0042", " CI 00 42 ", "Awa@Example.org"):
        person, token = enter(login)
        assert person == awa
        assert find_session(token, SPRING) == awa


@pytest.mark.parametrize("login", ["nobody", "", "   ", "' OR 1=1 --", "nobody@example.org"])
def test_an_unknown_account_gets_the_same_answer_for_the_same_work(
    app: Flask, tree: dict[str, str], checks: list[str], login: str
) -> None:
    person_with_password(tree, "known")
    make_person(office=tree["CI-OP-ABJ-01"], staff_number="no-password")

    with pytest.raises(WrongSignIn) as unknown:
        enter(login, "a wrong password")
    work = len(checks)
    with pytest.raises(WrongSignIn) as known:
        enter("known", "a wrong password")
    with pytest.raises(WrongSignIn) as without:
        enter("no-password", "a wrong password")

    assert str(unknown.value) == str(known.value) == str(without.value)
    assert (work, len(checks)) == (1, 3)
    assert len({hashed.rsplit("$", 2)[0] for hashed in checks}) == 1, "the same argon2 settings"


def test_where_two_people_share_number_and_password_neither_becomes_the_other(
    app: Flask, tree: dict[str, str]
) -> None:
    person_with_password(tree, "0001")
    make_person(
        office=tree["KE-OP-NBO-01"],
        staff_number="0001",
        password_hash=hash_password(PASSWORD),
    )

    with pytest.raises(WrongSignIn):
        enter("0001")


def test_people_who_share_a_number_enter_with_their_own_password(
    app: Flask, tree: dict[str, str]
) -> None:
    person_with_password(tree, "0001")
    other = make_person(
        office=tree["KE-OP-NBO-01"],
        staff_number="0001",
        password_hash=hash_password("another password"),
    )

    assert enter("0001", "another password")[0] == other


def test_after_five_wrong_tries_an_account_must_wait_and_others_need_not(
    app: Flask, tree: dict[str, str], checks: list[str]
) -> None:
    person_with_password(tree, "awa")
    kofi = person_with_password(tree, "kofi")
    for _ in range(FREE_TRIES):
        with pytest.raises(WrongSignIn):
            enter("awa", "a wrong password")
    worked = len(checks)

    with pytest.raises(TooManyTries) as refused:
        enter("awa", address="198.51.100.1")

    assert refused.value.values["seconds"] == 15
    assert len(checks) == worked, "no work is done for who must wait"
    assert enter("kofi")[0] == kofi


def test_the_wait_ends_and_grows_with_each_further_try(app: Flask, tree: dict[str, str]) -> None:
    awa = person_with_password(tree, "awa")
    at = SPRING
    for wait in (0, 0, 0, 0, 0, 15, 30, 60):
        at += timedelta(seconds=wait)
        with pytest.raises(WrongSignIn):
            enter("awa", "a wrong password", at=at)

    with pytest.raises(TooManyTries):
        enter("awa", at=at + timedelta(seconds=119))
    assert enter("awa", at=at + timedelta(seconds=120))[0] == awa


def test_one_address_trying_many_accounts_must_wait(
    app: Flask, tree: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    awa = person_with_password(tree, "awa")
    monkeypatch.setattr(signing_in, "_nobodys_password", lambda: "$argon2id$broken")
    for number in range(FREE_TRIES_OF_ADDRESS):
        with pytest.raises(WrongSignIn):
            enter(f"guess-{number}", "a wrong password")

    with pytest.raises(TooManyTries):
        enter("awa")
    assert enter("awa", address="198.51.100.1")[0] == awa


def test_two_workers_count_the_same_tries(
    app: Flask, tree: dict[str, str], settings: Settings
) -> None:
    person_with_password(tree, "awa")
    other_worker = create_app(settings)
    _try_wrongly(3)
    with other_worker.app_context():
        _try_wrongly(2)
        with pytest.raises(TooManyTries):
            enter("awa")
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()

    with pytest.raises(TooManyTries):
        enter("awa")


def _try_wrongly(times: int) -> None:
    for _ in range(times):
        with pytest.raises(WrongSignIn):
            enter("awa", "a wrong password")


def test_tries_are_kept_without_saying_who_tried_or_from_where(
    app: Flask, tree: dict[str, str]
) -> None:
    _try_wrongly(1)

    with work_reading() as work:
        kept = work.execute(select(TryRow.who)).scalars().all()
    assert len(kept) == 2
    assert not any("awa" in who or HOME in who for who in kept)


def test_a_demo_account_does_not_open_a_site_that_is_no_demonstration(
    app: Flask, tree: dict[str, str], checks: list[str]
) -> None:
    demo = person_with_password(tree, "demo-manager", demo=True)

    with pytest.raises(WrongSignIn):
        enter("demo-manager", demo=False)
    assert len(checks) == 1

    assert enter("demo-manager", demo=True)[0] == demo


def test_real_people_enter_a_demonstration_and_a_real_site(
    app: Flask, tree: dict[str, str]
) -> None:
    awa = person_with_password(tree, "awa")

    assert {enter("awa", demo=demo)[0] for demo in (True, False)} == {awa}


# Sessions


def test_of_a_token_only_its_hash_is_kept(app: Flask, tree: dict[str, str]) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    token = begin_session(person=awa, device="test", hours=1, at=SPRING)

    with work_reading() as work:
        kept = work.execute(select(SessionRow.__table__)).one()
    assert token not in repr(kept)
    assert kept.token_hash == token_hash(token)
    assert find_session(kept.token_hash, SPRING) is None, "the hash opens nothing"
    assert len(token) >= 43, "256 bits"


def test_a_session_ends_by_itself(app: Flask, tree: dict[str, str]) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    token = begin_session(person=awa, device="test", hours=1, at=SPRING)

    assert find_session(token, SPRING + timedelta(minutes=59)) == awa
    assert find_session(token, SPRING + timedelta(hours=1)) is None


def test_ending_one_session_leaves_the_others_and_ending_all_leaves_none(
    app: Flask, tree: dict[str, str]
) -> None:
    awa, kofi = (make_person(office=tree["CI-OP-ABJ-01"]) for _ in range(2))
    one, two, other = (
        begin_session(person=person, device="test", hours=1, at=SPRING)
        for person in (awa, awa, kofi)
    )

    end_session(session=token_hash(one))
    assert [find_session(token, SPRING) for token in (one, two, other)] == [None, awa, kofi]

    end_sessions_of(person=awa)
    assert [find_session(token, SPRING) for token in (one, two, other)] == [None, None, kofi]


def test_a_new_password_ends_every_session_and_the_old_password(
    app: Flask, tree: dict[str, str]
) -> None:
    awa = person_with_password(tree, "awa")
    _, old = enter("awa")

    new = change_password(
        person=awa, new_password="a new password", device="test", hours=1, at=SPRING
    )

    assert find_session(old, SPRING) is None
    assert find_session(new, SPRING) == awa
    with pytest.raises(WrongSignIn):
        enter("awa")
    assert enter("awa", "a new password")[0] == awa


def test_a_password_is_kept_as_argon2id_alone(app: Flask, tree: dict[str, str]) -> None:
    person_with_password(tree, "awa")

    kept = db.session().scalars(select(CredentialRow.password)).one()
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    with pytest.raises(PasswordTooShort):
        hash_password("elevenchars")


def test_an_erased_person_cannot_come_back_by_an_open_session(
    app: Flask, tree: dict[str, str]
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    token = begin_session(person=awa, device="test", hours=1, at=SPRING)
    with writing() as session:
        session.execute(text("DELETE FROM person"))

    assert find_visitor(token, SPRING) is None
