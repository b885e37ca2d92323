"""The clock, read at the edge only; rules are given `at`."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, aware, in UTC, to the millisecond."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def as_text(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and Z: sorts as time does."""
    return (
        moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
    )


def from_text(text: str) -> datetime:
    """The reverse of `as_text`; also reads any ISO 8601 moment with an offset."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
