"""One-time codes, the outgoing mail, second steps and sessions, on both databases."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select, update

from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.people.access.actions import (
    choose_password,
    end_one_session,
    end_other_sessions,
    forget_access,
    make_mail_code,
    make_sheet_code,
    remove_second_step,
    set_second_step,
    take_second_step,
)
from lms.people.access.queries import (
    code_typed,
    has_second_step,
    mail_waiting,
    person_known_by,
    recovery_codes_left,
    sessions_of,
    unsent_mail,
)
from lms.people.access.rules import (
    CodeNotValid,
    SecondStepUnreadable,
    SecondStepWrong,
    digest_of_code,
    new_secret,
)
from lms.people.access.sending import MailRound, MailServer, send_mail, wish_for_reset
from lms.people.access.tables import AccessCodeRow, MailRow, SecondStepRow
from lms.people.actions import begin_session, hash_password, prove_password
from lms.people.audit.queries import notes_in
from lms.people.audit.rules import Wanted
from lms.people.queries import find_visitor, token_hash
from lms.record.events import Actor, LearnerMerged
from lms.settings import Settings
from tests.builders import SPRING, keep, make_event, make_person
from tests.builders_mail import Postbox, postbox

WORDS = "palme-oasis-jonque-jupe"
LATER = SPRING + timedelta(days=8)
CHIEF = Actor("chief", "officer")
KEY = "the key of this server"


@pytest.fixture
def ama(tree: dict[str, str]) -> str:
    """Somebody with an e-mail address."""
    return make_person(
        office=tree["CI-OP-ABJ-01"], email="ama@post.example", staff_number="A7", given_name="Ama"
    )


@pytest.fixture
def box() -> Iterator[Postbox]:
    """A mail server that is up."""
    with postbox() as server:
        yield server


def to(port: int) -> MailServer:
    """Messages go to this port."""
    return MailServer(
        host="127.0.0.1",
        port=port,
        security="none",
        user="",
        password="",
        sender="relais@post.example",
        site="Relais",
        link=lambda language, code: f"https://relais.example/{language}/choose/{code}",
    )


def sheet_for(person: str) -> str:
    with writing():
        code = make_sheet_code(person=person, by=CHIEF, at=SPRING, event_id=new_id())
    db.session.rollback()
    return code


def invite(person: str, event_id: str | None = None) -> None:
    with writing():
        make_mail_code(
            person=person,
            purpose="invitation",
            language="fr",
            by=CHIEF,
            at=SPRING,
            event_id=event_id or new_id(),
        )
    db.session.rollback()


def choose(code: str) -> None:
    hashed = hash_password(WORDS)
    with writing():
        choose_password(code=code, password_hash=hashed, at=SPRING)
    db.session.rollback()


def test_a_sheet_s_code_opens_once(ama: str) -> None:
    typed = sheet_for(ama)

    choose(code_typed(typed.lower().replace("-", " "), SPRING).id)

    prove_password(person=ama, password=WORDS)
    with pytest.raises(CodeNotValid):
        code_typed(typed, SPRING)


def test_a_code_ends_after_seven_days_and_when_the_next_one_is_made(ama: str) -> None:
    first = sheet_for(ama)
    second = sheet_for(ama)

    with pytest.raises(CodeNotValid):
        code_typed(first, SPRING)
    with pytest.raises(CodeNotValid):
        code_typed(second, LATER)
    with pytest.raises(CodeNotValid):
        code_typed("0000-0000-0000-0000", SPRING)
    assert code_typed(second, SPRING).person == ama


def test_the_code_itself_is_nowhere_in_the_database(ama: str) -> None:
    typed = sheet_for(ama)

    (row,) = db.session.scalars(select(AccessCodeRow))
    assert typed.replace("-", "") not in repr(vars(row))
    (note,), _ = notes_in(None, Wanted(action="sheet.printed"))
    assert note.learner == ama
    assert not note.detail


def test_an_invitation_waits_for_a_connection_and_goes_once(ama: str, box: Postbox) -> None:
    invite(ama)
    nobody_listens = to(1)

    assert send_mail(nobody_listens, at=SPRING) == MailRound(put_back=1, problem="away")
    assert send_mail(to(box.port), at=SPRING) == MailRound(), "not due again yet"
    assert mail_waiting() == 1
    assert send_mail(to(box.port), at=SPRING + timedelta(minutes=2)) == MailRound(sent=1)
    assert send_mail(to(box.port), at=LATER) == MailRound()

    (message,) = box.messages
    assert message["To"] == "ama@post.example"
    assert "Bonjour Ama Essai" in message.get_content()
    assert "https://relais.example/fr/choose/" in message.get_content()
    assert message["Subject"] == "Votre compte sur Relais"


def test_the_same_form_sent_twice_is_one_message(ama: str) -> None:
    same = new_id()
    invite(ama, same)
    invite(ama, same)

    assert mail_waiting() == 1


def test_a_message_whose_code_is_over_is_dropped(ama: str, box: Postbox) -> None:
    invite(ama)

    assert send_mail(to(box.port), at=LATER) == MailRound(dropped=1)
    assert not box.messages
    assert mail_waiting() == 0


def test_a_wish_becomes_a_message_for_who_is_known_alone(
    tree: dict[str, str], ama: str, box: Postbox
) -> None:
    make_person(office=tree["CI-OP-ABJ-01"], staff_number="NOMAIL")
    for login in ("A 7", "ama@post.example", "nobody@post.example", "NOMAIL"):
        wish_for_reset(login=login, language="en", address="192.0.2.1", at=SPRING)

    assert send_mail(to(box.port), at=SPRING) == MailRound(sent=1)
    (message,) = box.messages
    assert "Hello Ama Essai" in message.get_content()
    assert send_mail(to(box.port), at=SPRING) == MailRound()


def test_a_wish_by_somebody_else_leaves_the_printed_sheet_as_it_is(ama: str, box: Postbox) -> None:
    typed = sheet_for(ama)
    wish_for_reset(login="A7", language="en", address="192.0.2.1", at=SPRING)
    send_mail(to(box.port), at=SPRING)

    assert code_typed(typed, SPRING).person == ama


def second_step(person: str) -> tuple[str, list[str]]:
    secret = new_secret()
    with writing():
        codes = set_second_step(
            person=person,
            secret=secret,
            code=pyotp.TOTP(secret).at(SPRING),
            key=KEY,
            at=SPRING,
        )
    db.session.rollback()
    return secret, codes


def takes(person: str, typed: str, at: timedelta = timedelta(minutes=5), *, key: str = KEY) -> bool:
    with writing():
        taken = take_second_step(person=person, typed=typed, key=key, at=SPRING + at)
    db.session.rollback()
    return taken


def test_a_code_of_the_telephone_counts_once(ama: str) -> None:
    secret, _ = second_step(ama)
    code = pyotp.TOTP(secret).at(SPRING + timedelta(minutes=5))

    assert not takes(ama, "000000")
    assert takes(ama, code)
    assert not takes(ama, code)


def test_the_code_that_set_it_up_does_not_sign_in(ama: str) -> None:
    secret, _ = second_step(ama)

    assert not takes(ama, pyotp.TOTP(secret).at(SPRING), timedelta())


def test_each_recovery_code_opens_once_and_only_for_its_owner(
    tree: dict[str, str], ama: str
) -> None:
    _, codes = second_step(ama)
    other = make_person(office=tree["CI-OP-ABJ-01"])
    second_step(other)

    assert len(set(codes)) == 10
    assert not takes(other, codes[0])
    assert takes(ama, codes[0].lower().replace("-", " "))
    assert not takes(ama, codes[0])
    assert recovery_codes_left(ama) == 9
    assert recovery_codes_left(other) == 10


def test_a_wrong_code_sets_nothing_up(ama: str) -> None:
    with pytest.raises(SecondStepWrong), writing():
        set_second_step(person=ama, secret=new_secret(), code="000000", key=KEY, at=SPRING)

    assert not has_second_step(ama)


def test_a_reset_by_somebody_above_is_noted_as_such(ama: str) -> None:
    second_step(ama)
    with writing():
        remove_second_step(person=ama, by=CHIEF, at=SPRING, event_id=new_id())

    assert not has_second_step(ama)
    assert recovery_codes_left(ama) == 0
    (note,), _ = notes_in(None, Wanted(action="second-step.reset"))
    assert (note.actor, note.learner) == ("chief", ama)


def test_everything_is_forgotten_with_the_person(ama: str) -> None:
    typed = sheet_for(ama)
    second_step(ama)
    invite(ama)
    with writing():
        forget_access(person=ama)
    db.session.rollback()

    with pytest.raises(CodeNotValid):
        code_typed(typed, SPRING)
    assert not has_second_step(ama)
    assert db.session.scalar(select(MailRow.id)) is None


def test_sessions_are_ended_one_by_one_and_all_but_this(app: Flask, ama: str) -> None:
    tokens = [
        begin_session(person=ama, device=f"Browser {n}", hours=1, at=SPRING, address=f"192.0.2.{n}")
        for n in range(3)
    ]
    found = sessions_of(ama, SPRING)
    assert {each.address for each in found} == {"192.0.2.0", "192.0.2.1", "192.0.2.2"}
    first = next(each for each in found if each.token_hash == token_hash(tokens[0]))

    assert end_one_session(person=ama, session=first.id, at=SPRING)
    assert not end_one_session(person=ama, session=first.id, at=SPRING)
    assert not end_one_session(person="somebody else", session=found[1].id, at=SPRING)
    end_other_sessions(person=ama, keep=token_hash(tokens[1]))

    assert [bool(find_visitor(token, SPRING)) for token in tokens] == [False, True, False]


def test_who_another_site_means_must_be_one_person(tree: dict[str, str], ama: str) -> None:
    def known(email: str = "", number: str = "", *, demo: bool = False, at: str = "") -> str | None:
        return person_known_by(email=email, staff_number=number, demo=demo, operator=at)

    assert known("AMA@post.example") == ama
    assert known("", "a 7", at="CI-OP") == ama
    far = make_person(office=tree["KE-OP-NBO-01"], staff_number="A7")
    assert (known("", "A7", at="KE-OP"), known("", "A7", at="CI-OP")) == (far, ama)
    assert known("ama@post.example", "A7", at="CI-OP") == ama
    make_person(office=tree["CI-OP-ABJ-02"], staff_number="B8")
    assert known("ama@post.example", "B8", at="CI-OP") is None
    assert known("", "", at="CI-OP") is None
    assert known("A7") is None
    hidden = make_person(office=tree["KE-OP-NBO-01"], staff_number="D1", demo=True)
    assert known("", "D1", at="KE-OP") is None
    assert known("", "D1", demo=True, at="KE-OP") == hidden


def test_another_site_speaks_for_the_people_of_its_own_operator_alone(
    tree: dict[str, str], ama: str
) -> None:
    other = make_person(
        office=tree["KE-OP-NBO-01"], staff_number="B8", email="wanjiru@post.example"
    )

    def known(*, email: str = "", staff_number: str = "", operator: str = "") -> str | None:
        return person_known_by(
            email=email, staff_number=staff_number, demo=False, operator=operator
        )

    assert known(staff_number="B8") is None
    assert known(staff_number="B8", operator="CI-OP") is None
    assert known(email="wanjiru@post.example", operator="CI-OP") is None
    assert known(email="wanjiru@post.example", operator="KE-OP") == other


def with_address(tree: dict[str, str], email: str) -> str:
    person = make_person(office=tree["CI-OP-ABJ-01"], email=email)
    invite(person)
    return person


@pytest.mark.parametrize(
    ("command", "answer", "why"),
    [
        (b"RCPT", "550 5.1.1 no such user here", "unknown"),
        (b"RCPT", "552 5.2.2 mailbox full", "full"),
        (b"DATA", "554 5.7.1 not wanted", "content"),
    ],
)
def test_a_refused_message_is_kept_with_its_reason_and_not_tried_again(
    ama: str, box: Postbox, command: bytes, answer: str, why: str
) -> None:
    invite(ama)
    box.says[command] = answer

    assert send_mail(to(box.port), at=SPRING) == MailRound(refused=1)

    [refused] = unsent_mail()
    assert (refused.refused, refused.problem, refused.purpose) == (True, why, "invitation")
    assert refused.domain == "post.example"
    box.says.clear()
    assert send_mail(to(box.port), at=SPRING + timedelta(days=1)) == MailRound()


@pytest.mark.parametrize(("command", "answer"), [(b"RCPT", "450 4.2.1 later"), (b"DATA", "451 x")])
def test_a_message_that_is_asked_to_come_later_comes_later(
    ama: str, box: Postbox, command: bytes, answer: str
) -> None:
    invite(ama)
    box.says[command] = answer
    assert send_mail(to(box.port), at=SPRING) == MailRound(put_back=1)
    box.says.clear()

    assert send_mail(to(box.port), at=SPRING + timedelta(minutes=2)) == MailRound(sent=1)


@pytest.mark.parametrize("address", ["two@@ats.example", "a@b@c.example", "née@post.example", "@x"])
def test_an_address_that_is_none_holds_up_nobody(
    tree: dict[str, str], ama: str, box: Postbox, address: str
) -> None:
    with_address(tree, address)
    invite(ama)

    assert send_mail(to(box.port), at=SPRING) == MailRound(sent=1, refused=1)
    assert [each.problem for each in unsent_mail(refused=True)] == ["address"]


def test_where_the_mail_server_is_away_the_others_are_not_tried(
    tree: dict[str, str], ama: str
) -> None:
    invite(ama)
    with_address(tree, "other@post.example")

    assert send_mail(to(1), at=SPRING) == MailRound(put_back=1, problem="away")

    tried = db.session.scalars(select(MailRow.tries).order_by(MailRow.tries)).all()
    assert tried == [0, 1]


def test_a_server_that_refuses_an_address_is_not_asked_for_ever(ama: str) -> None:
    invite(ama)
    broken = replace(to(1), security="none")
    at = SPRING
    for _ in range(30):
        at += timedelta(hours=6)
        send_mail(broken, at=at)

    assert mail_waiting() == 0, "after seven days nothing is tried any more"


# What a stolen copy of the database tells


def test_the_secret_of_the_second_step_is_nowhere_in_the_files(
    settings: Settings, ama: str
) -> None:
    if not settings.uses_sqlite:
        pytest.skip("the files are read here as SQLite keeps them")
    secret, codes = second_step(ama)

    kept = b"".join(path.read_bytes() for path in settings.instance_dir.glob("*.db*"))

    assert ama.encode() in kept
    plain = [secret.encode(), base64.b32decode(secret), base64.b32decode(secret).hex().encode()]
    plain += [code.encode() for code in codes] + [code.replace("-", "").encode() for code in codes]
    assert not [each for each in plain if each in kept]
    assert not [
        code
        for code in codes
        for kind in ("recovery", "sheet")
        if (digest_of_code(kind, code, ama) or "-").encode() in kept
    ], "a digest without the server's key could be guessed at"


def test_another_servers_key_checks_no_code_and_says_what_to_do(ama: str) -> None:
    secret, codes = second_step(ama)
    code = pyotp.TOTP(secret).at(SPRING + timedelta(minutes=5))

    for typed in (code, "000000", codes[0]):
        with pytest.raises(SecondStepUnreadable, match="somebody whose position stands above"):
            takes(ama, typed, key="another key")
    assert takes(ama, code)


def test_a_second_step_copied_to_another_person_opens_nothing(
    tree: dict[str, str], ama: str
) -> None:
    secret, _ = second_step(ama)
    thief = make_person(office=tree["CI-OP-ABJ-01"])
    second_step(thief)
    with writing() as session:
        stolen = session.get(SecondStepRow, ama)
        assert stolen
        row = update(SecondStepRow).where(SecondStepRow.person == thief)
        session.execute(row.values(secret=stolen.secret))

    with pytest.raises(SecondStepUnreadable):
        takes(thief, pyotp.TOTP(secret).at(SPRING + timedelta(minutes=5)))


def test_who_was_registered_twice_keeps_the_second_step_of_either(
    tree: dict[str, str], ama: str
) -> None:
    other = make_person(office=tree["CI-OP-ABJ-01"])
    one, two = sorted((ama, other))
    secret, codes = second_step(two)
    keep(make_event(LearnerMerged(two, one)))

    assert has_second_step(one)
    assert takes(one, pyotp.TOTP(secret).at(SPRING + timedelta(minutes=5)))
    assert takes(one, codes[0])
    with writing():
        remove_second_step(person=one, by=CHIEF, at=SPRING, event_id=new_id())
    assert not has_second_step(one) and not has_second_step(two)
