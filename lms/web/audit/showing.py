"""Gathers a page of the audit trail, and its file for a spreadsheet."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from flask_babel import gettext as _

from lms.base.clock import as_text
from lms.base.language import Sentence, sentence
from lms.people import queries as people
from lms.people.audit.queries import actions_noted, notes_in, technical_notes
from lms.people.audit.rules import TECHNICAL, Note, Wanted, says
from lms.people.rules import Person, Visitor, fold_text
from lms.record.aliases import aliases_of
from lms.web.audit.facts import facts_of
from lms.web.audit.pages import AuditPage, NoteLine, Typed
from lms.web.desk import at_the_desk, say
from lms.web.exports import export_ticket
from lms.web.language import current_language
from lms.web.paging import sheet_of

ON_A_PAGE: Final = 50
IN_A_BATCH: Final = 500
LONGEST_NUMBER: Final = 80
_NO_SUCH_PERSON: Final = sentence("Nobody has this number. Check it on the card or the list.")
_NO_DAY: Final = sentence("Correct the day, for example 2026-11-21")
Complaints = list[tuple[str, Sentence]]


def readable_paths(visitor: Visitor) -> tuple[str, ...] | None:
    """The subtrees whose notes the visitor may read; None: technical notes alone."""
    paths = visitor.paths_as("secretariat", "coordinator", "training-manager")
    return paths or None


def reads_all(visitor: Visitor) -> bool:
    """Whether the visitor is the secretariat of the whole union, and reads every note."""
    return any(path.count("/") == 1 for path in visitor.paths_as("secretariat"))


def notes(wanted: Wanted, limit: int, offset: int) -> tuple[list[Note], int]:
    """The notes that the visitor may read."""
    visitor = at_the_desk()
    if reads_all(visitor):
        return notes_in(None, wanted, limit=limit, offset=offset)
    paths = readable_paths(visitor)
    if paths is None:
        return technical_notes(_machines(visitor), wanted, limit=limit, offset=offset)
    return notes_in(paths, wanted, limit=limit, offset=offset)


def _machines(visitor: Visitor) -> tuple[str, ...] | None:
    """The subtrees of an engineer; None: an engineer of the whole union."""
    paths = visitor.paths_as("engineer")
    return None if any(path.count("/") == 1 for path in paths) else paths


def audit_page(typed: Typed, number: int) -> AuditPage:
    """One page of the notes asked for."""
    wanted, complaints = understood(typed)
    number = max(1, number)
    found, total = ([], 0) if complaints else notes(wanted, ON_A_PAGE, (number - 1) * ON_A_PAGE)
    asked = {name: getattr(typed, name) or None for name in ("action", "person", "by")}
    asked |= {"from": typed.first or None, "to": typed.last or None}
    visitor = at_the_desk()
    technical = readable_paths(visitor) is None
    return AuditPage(
        typed=typed,
        actions=_actions(technical),
        complaints=tuple(complaints),
        lines=tuple(lines_of(found)),
        total=total,
        pages=sheet_of("audit.notes", number, total, ON_A_PAGE, **asked),
        technical=technical,
        export_ticket=export_ticket(),
    )


def understood(typed: Typed) -> tuple[Wanted, Complaints]:
    """What is asked for, and what was not understood, beside its field."""
    complaints: Complaints = []
    first, last = (_day(typed, name, complaints) for name in ("first", "last"))
    return Wanted(
        action=typed.action,
        learners=_persons(typed, "person", complaints),
        actors=_persons(typed, "by", complaints),
        first=first,
        last=last,
    ), complaints


def _day(typed: Typed, name: str, complaints: Complaints) -> date | None:
    text = getattr(typed, name).strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        complaints.append(({"first": "from", "last": "to"}[name], _NO_DAY))
        return None


def _persons(typed: Typed, name: str, complaints: Complaints) -> tuple[str, ...] | None:
    text = getattr(typed, name).strip()
    if not text:
        return None
    found = {alias for p in people.people_numbered(text) for alias in aliases_of(p.id)}
    if not found:
        complaints.append((name, _NO_SUCH_PERSON))
    return tuple(sorted(found))


def _actions(technical: bool) -> tuple[tuple[str, str], ...]:
    codes = [code for code in actions_noted() if code in TECHNICAL or not technical]
    named = [(code, say(says(code))) for code in codes]
    return tuple(sorted(named, key=lambda pair: fold_text(pair[1])))


def lines_of(found: Iterable[Note]) -> Iterator[NoteLine]:
    """Notes in words."""
    known = list(found)
    ids = {each for n in known for each in (n.actor, n.learner, n.detail.get("other")) if each}
    persons = people.people_with_ids(ids)
    places = people.organisations_with_ids({n.organisation for n in known if n.organisation})
    called, language = {id: _named(id, persons) for id in ids}, current_language()
    others = {each for n in known if (each := n.detail.get("other"))}
    told = called | _without_names(others, persons)
    for note in known:
        place = places.get(note.organisation or "")
        yield NoteLine(
            at=note.at,
            what=says(note.action),
            by=called[note.actor] if note.actor else _("the server"),
            about=called[note.learner] if note.learner else "",
            place=place.name(language) if place else "",
            facts=facts_of(note.detail, told),
        )


def _named(person: str, persons: dict[str, Person]) -> str:
    found = persons.get(person)
    if found is None:
        return str(_("somebody whose name was removed"))
    return f"{found.name} ({found.number})"


def _without_names(others: Iterable[str], persons: dict[str, Person]) -> dict[str, str]:
    """Of whom the reader does not look after, the number alone."""
    visitor = at_the_desk()
    if reads_all(visitor):
        return {}
    paths = readable_paths(visitor) or ()
    return {
        each: persons[each].number
        for each in others
        if each in persons and people.find_person_in(paths, each) is None
    }


def audit_rows(wanted: Wanted) -> Iterator[list[str]]:
    """All notes asked for as the rows of a sheet, the newest first; moments in UTC."""
    yield [_("When (UTC)"), _("What"), _("About"), _("By"), _("Where"), _("Details"), _("Code")]
    offset = 0
    while found := notes(wanted, IN_A_BATCH, offset)[0]:
        for note, line in zip(found, lines_of(found), strict=True):
            facts = " | ".join(
                _("%(name)s: %(value)s", name=name, value=value) for name, value in line.facts
            )
            cells = [as_text(note.at), say(line.what), line.about, line.by, line.place, facts]
            yield [*cells, note.action]
        offset += IN_A_BATCH
