"""Writing about people. Passwords are hashed before a write transaction begins."""

from lms.people.actions.moving import move_person
from lms.people.actions.organisations import add_organisations
from lms.people.actions.persons import change_language, number_for, register_person
from lms.people.actions.positions import give_position, withdraw_position
from lms.people.actions.signing_in import (
    begin_session,
    change_password,
    end_session,
    end_sessions_of,
    hash_password,
    prove_password,
    recognise,
    set_password_hash,
    sign_in,
)

__all__ = [
    "add_organisations",
    "begin_session",
    "change_language",
    "change_password",
    "end_session",
    "end_sessions_of",
    "give_position",
    "hash_password",
    "keep_names",
    "move_person",
    "number_for",
    "prove_password",
    "recognise",
    "register_person",
    "set_password_hash",
    "sign_in",
    "withdraw_position",
]
