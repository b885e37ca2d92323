"""Links that open "choose a password": signed, for 7 days. That one works once is kept in the
database."""

from itsdangerous import BadSignature, URLSafeTimedSerializer

from lms.people.access.rules import VALID_FOR, CodeNotValid


def link_token(key: str, code: str) -> str:
    """What stands in the link to a one-time code."""
    return str(_serializer(key).dumps(code))


def code_of(key: str, token: str) -> str:
    """The one-time code behind a link; refuses with `CodeNotValid` one that is altered or old."""
    try:
        code = _serializer(key).loads(token, max_age=int(VALID_FOR.total_seconds()))
    except BadSignature:
        raise CodeNotValid from None
    return str(code)


def _serializer(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="way-in")
