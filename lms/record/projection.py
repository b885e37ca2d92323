"""From events to tables. Every table that is shown or counted is folded from the record here.

A projector names the kinds it folds, says which of its keys an event touches, and recomputes one
key from the whole set of valid events. It never applies a change to what it had computed before,
so neither order, nor repetition, nor a late arrival can spoil it.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from typing import Any, Final, Protocol, runtime_checkable

from lms.base.database import db
from lms.record.aliases import regroup, regroup_all
from lms.record.events import EventVoided, LearnerMerged, Stored
from lms.record.queries import all_events, events_of_anybody, stored_from, stored_with_ids


class Projector(Protocol):
    """One room's fold. Projectors run in the order of the stairs, lower rooms first."""

    @property
    def name(self) -> str:
        """What a progress bar calls it."""

    @property
    def kinds(self) -> Collection[str]:
        """The kinds of events that it folds."""

    def keys(self, stored: Stored, /) -> Iterable[Any]:
        """What the event touches; may look at tables of projectors that ran before."""

    def recompute(self, key: Any, /) -> None:
        """Replaces the rows of one key by what its events say."""

    def clear(self) -> None:
        """Empties the tables."""


@runtime_checkable
class ManyAtOnce(Protocol):
    """A projector that is much faster for many events together than for one after the other. It
    must give the same rows either way."""

    def keys_of_many(self, seen: Sequence[Stored], /) -> Iterable[Any]:
        """What any of these events touches."""

    def recompute_many(self, keys: Collection[Any], /) -> None:
        """Replaces the rows of all these keys."""


MANY: Final = 20
_BATCH: Final = 400
Progress = Callable[[str, int, int], None]
_installed: list[Projector] = []


def install(projectors: Sequence[Projector]) -> None:
    """Names the projectors of this server, lower rooms first."""
    _installed[:] = projectors


def project(arrived: Sequence[Stored]) -> None:
    """Recomputes what the events touch. A void touches what its target touches."""
    touched = [*arrived, *_targets(arrived)]
    touched += _regrouped(touched)
    session = db.session()
    for projector in _installed:
        seen = [stored for stored in touched if stored.kind in projector.kinds]
        if not seen:
            continue
        if len(seen) >= MANY and isinstance(projector, ManyAtOnce):
            projector.recompute_many(set(projector.keys_of_many(seen)))
        else:
            for key in {key for stored in seen for key in projector.keys(stored)}:
                projector.recompute(key)
        session.flush()


def _targets(arrived: Sequence[Stored]) -> list[Stored]:
    targets = [s.subject for s in arrived if s.kind == EventVoided.kind and s.subject]
    return list(stored_with_ids(targets).values()) if targets else []


def _regrouped(touched: Sequence[Stored]) -> list[Stored]:
    """Where persons are merged or parted, every event of theirs is touched, under each id it may
    have stood under before or stands under now."""
    merges = [stored.body for stored in touched if stored.kind == LearnerMerged.kind]
    if not merges:
        return []
    ends = {end for body in merges for end in (body["learner"], body["object"].get("other"))}
    members = regroup(end for end in ends if end)
    told = events_of_anybody(members)
    return [stored_from(*event, member) for event in told for member in sorted(members)]


def rebuild(progress: Progress = lambda _name, _done, _total: None) -> None:
    """Empties every projected table and folds the whole record again, in one transaction."""
    regroup_all()
    for projector in reversed(_installed):
        projector.clear()
    for projector in _installed:
        _rebuild(projector, progress)


def _rebuild(projector: Projector, progress: Progress) -> None:
    batches = all_events(projector.kinds)
    if isinstance(projector, ManyAtOnce):
        wanted = list({key for batch in batches for key in projector.keys_of_many(batch)})
        for start in range(0, len(wanted), _BATCH):
            projector.recompute_many(wanted[start : start + _BATCH])
            progress(projector.name, min(start + _BATCH, len(wanted)), len(wanted))
    else:
        wanted = list(
            {key for each in chain.from_iterable(batches) for key in projector.keys(each)}
        )
        for done, key in enumerate(wanted, start=1):
            projector.recompute(key)
            if done % _BATCH == 0:
                db.session().flush()
                progress(projector.name, done, len(wanted))
    db.session().flush()
    progress(projector.name, len(wanted), len(wanted))
