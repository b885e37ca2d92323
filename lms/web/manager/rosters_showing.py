"""Gathers what is shown about lists: the list of lists, one file, one import."""

from collections.abc import Iterator, Sequence
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.jobs import Job, latest_job
from lms.exchange import queries as exchange
from lms.exchange.actions import import_of
from lms.exchange.queries import UNDO_WITHIN, Draft, Import
from lms.exchange.rules import rosters as staff_rules
from lms.exchange.rules import trainings as training_rules
from lms.exchange.rules.columns import HEADINGS, ROSTER, TRAININGS
from lms.exchange.rules.lines import STATES, WRITTEN, Line, State, What
from lms.exchange.rules.refusals import DraftUnknown
from lms.people import queries as people
from lms.web.desk import at_the_desk, say
from lms.web.exports import export_ticket
from lms.web.language import current_language
from lms.web.manager.person import my_paths
from lms.web.manager.rosters_forms import FileForm, file_form, units_of
from lms.web.manager.rosters_offices import offices_page
from lms.web.manager.rosters_pages import (
    ChangeLine,
    DraftLine,
    DraftPage,
    ImportLine,
    ImportPage,
    KeptLine,
    Link,
    OfficesPage,
    RostersPage,
    RowLine,
    StateLink,
)
from lms.web.manager.rosters_words import (
    FIELDS,
    WHY_KEPT,
    nobody_known,
    offices_in_lines,
    value_in_words,
)
from lms.web.manager.rosters_words import (
    STATES as STATE_NAMES,
)
from lms.web.paging import Sheet, sheet_of
from lms.web.tickets import new_ticket

ON_A_PAGE: Final = 50
_LIST: Final = {"roster": "manager.rosters", "trainings": "manager.past_trainings"}
_SEND: Final = {"roster": "manager.send_roster", "trainings": "manager.send_trainings"}


def sections(what: str) -> tuple[Link, ...]:
    """The pages about lists, beside each other."""
    entries = (
        ("roster", _("Lists of staff"), "manager.rosters"),
        ("trainings", _("Past trainings"), "manager.past_trainings"),
        ("headcounts", _("Headcounts"), "manager.headcounts"),
    )
    return tuple(Link(label, url_for(view), key == what) for key, label, view in entries)


def lists_page(what: What, form: FileForm | None = None) -> RostersPage:
    """Sending a list, and what was sent before; a form that was refused is shown again."""
    return RostersPage(
        what=what,
        form=form or file_form(my_paths()),
        ticket=new_ticket("file", what),
        send_url=url_for(_SEND[what]),
        example_url=url_for("manager.example_file", what=what),
        columns=tuple(_columns(what)),
        drafts=tuple(_drafts(what)),
        imports=tuple(_imports(what)),
        sections=sections(what),
        offices=offices_page() if what == "roster" else OfficesPage(None, ()),
    )


def _columns(what: What) -> Iterator[tuple[str, bool]]:
    names = ROSTER if what == "roster" else TRAININGS
    needed = staff_rules.COMPULSORY if what == "roster" else training_rules.COMPULSORY
    headings = HEADINGS[current_language()]
    yield from ((headings[thing], thing in needed) for thing in names)


def _drafts(what: What) -> Iterator[DraftLine]:
    for draft in exchange.drafts_of(at_the_desk().person, now()):
        job = latest_job(draft.id)
        imported = exchange.find_import(import_of(draft.id))
        if draft.what == what and not imported:
            url = url_for("manager.open_draft", draft=draft.id)
            state = _state_words(_step(draft, job))
            yield DraftLine(draft.file_name, _name_of(draft.unit), state, draft.made_at, url)


def _state_words(step: str) -> str:
    words: dict[str, str] = {
        "reading": _("Being read"),
        "writing": _("Being written"),
        "stopped": _("Stopped in the middle"),
        "refused": _("Could not be read"),
        "checked": _("Waits for your confirmation"),
        "imported": _("Nothing to write"),
    }
    return words[step]


def _imports(what: What) -> Iterator[ImportLine]:
    found = exchange.imports_in(my_paths(), what)
    names = people.people_with_ids({each.actor for each in found})
    for each in found:
        actor = names.get(each.actor)
        yield ImportLine(
            at=each.at,
            unit=_name_of(each.organisation),
            who=actor.name if actor else nobody_known(),
            written=sum(each.counts[state] for state in WRITTEN),
            undone=each.undone_at is not None,
            url=url_for("manager.open_import", imported=each.id),
        )


def _name_of(organisation: str) -> str:
    found = people.find_organisation(organisation)
    return found.name(current_language()) if found else ""


def draft_of_mine(draft: str) -> Draft:
    """A file that the visitor sent, for people they still look after."""
    found = exchange.current_draft(draft, now())
    mine = {each.id for each in units_of(my_paths())}
    if found.person != at_the_desk().person or found.unit not in mine:
        raise DraftUnknown
    return found


def import_of_mine(imported: str) -> Import:
    """An import for people the visitor looks after."""
    return exchange.current_import(imported, my_paths())


def _step(draft: Draft, job: Job | None) -> str:
    if job is None or job.is_stale(now()):
        return "stopped"
    if not job.is_over:
        return "writing" if job.kind == "confirm" else "reading"
    if job.state == "done" and job.kind == "confirm":
        return "imported"
    return "checked" if draft.digest else "refused"


def draft_page(draft: Draft, wanted: str, number: int) -> DraftPage:
    """One file: how far it is, or what it would do."""
    job = latest_job(draft.id)
    state = _chosen(draft, wanted)
    total = draft.counts.get(state, 0)
    number = min(max(1, number), max(1, -(-total // ON_A_PAGE)))
    where = {"limit": ON_A_PAGE, "offset": (number - 1) * ON_A_PAGE}
    lines = exchange.lines_of(draft.id, state, **where) if draft.counts else []
    warned = exchange.warned_lines_of(draft.id, limit=ON_A_PAGE) if draft.counts else []
    step = _step(draft, job)
    return DraftPage(
        what=draft.what,
        step=step,
        name=draft.file_name,
        unit=_name_of(draft.unit),
        done=job.done if job else 0,
        total=job.total if job else 0,
        problem=say(job.says) if job and job.says else "",
        unknown=draft.unknown,
        states=tuple(_states(draft, state)),
        state=state,
        lines=tuple(_rows(lines)),
        warned=tuple(_rows(warned)),
        pages=_pages(draft, state, number, total),
        written=draft.written,
        refused=draft.refused,
        ticket=new_ticket("draft", draft.id),
        export_ticket=export_ticket(),
        urls=_urls(draft, step),
        sections=sections(draft.what),
    )


def _chosen(draft: Draft, wanted: str) -> State:
    there = [state for state in STATES if draft.counts.get(state)]
    return next((s for s in there if s == wanted), there[0] if there else "refused")


def _pages(draft: Draft, state: State, number: int, total: int) -> Sheet | None:
    if total <= ON_A_PAGE:
        return None
    where = {"draft": draft.id, "state": state}
    return sheet_of("manager.open_draft", number, total, ON_A_PAGE, **where)


def _urls(draft: Draft, step: str) -> dict[str, str]:
    acts = {
        "confirm": "manager.confirm_draft",
        "discard": "manager.discard_draft",
        "continue": "manager.continue_draft",
        "refused": "manager.download_refused",
    }
    urls = {name: url_for(view, draft=draft.id) for name, view in acts.items()}
    urls["list"] = url_for(_LIST[draft.what])
    if step == "imported" and exchange.find_import(import_of(draft.id)):
        urls["import"] = url_for("manager.open_import", imported=import_of(draft.id))
    return urls


def _states(draft: Draft, chosen: State) -> Iterator[StateLink]:
    for state in STATES:
        count = draft.counts.get(state, 0)
        if count:
            url = url_for("manager.open_draft", draft=draft.id, state=state)
            yield StateLink(str(STATE_NAMES[state]), count, url, state == chosen)


def _rows(lines: Sequence[Line]) -> Iterator[RowLine]:
    offices = offices_in_lines(lines)
    for line in lines:
        known = line.person and line.state not in ("elsewhere", "refused")
        yield RowLine(
            number=line.number,
            name=line.name,
            staff_number=line.staff_number,
            url=url_for("manager.open_person", person=line.person) if known else "",
            changes=tuple(
                ChangeLine(
                    field=str(FIELDS.get(change.field, change.field)),
                    old=value_in_words(change, change.old, offices),
                    new=value_in_words(change, change.new, offices),
                )
                for change in line.changes
            )
            if line.state != "refused"
            else (),
            says=tuple(say(each) for each in line.says),
        )


def import_page(found: Import) -> ImportPage:
    """One import, and how far undoing it is."""
    job = latest_job(found.id)
    actor = people.find_person(found.actor)
    step = _undo_step(found, job)
    return ImportPage(
        what=found.what,
        step=step,
        unit=_name_of(found.organisation),
        who=actor.name if actor else nobody_known(),
        at=found.at,
        sha256=found.sha256,
        rows=found.rows,
        counts=tuple((str(STATE_NAMES[s]), n) for s, n in found.counts.items() if n),
        done=job.done if job else 0,
        total=job.total if job else 0,
        problem=say(job.says) if job and job.says else "",
        undone_at=found.undone_at,
        undone=found.undone,
        kept=found.kept,
        kept_lines=tuple(_kept(found)) if found.kept else (),
        may_undo=step in ("done", "refused", "stopped") and now() - found.at <= UNDO_WITHIN,
        days=UNDO_WITHIN.days,
        ticket=new_ticket("undo", found.id),
        undo_url=url_for("manager.undo_import", imported=found.id),
        sections=sections(found.what),
    )


def _undo_step(found: Import, job: Job | None) -> str:
    if found.undone_at is not None:
        return "undone"
    if job is None:
        return "done"
    if job.is_stale(now()):
        return "stopped"
    return "refused" if job.is_over else "undoing"


def _kept(found: Import) -> Iterator[KeptLine]:
    kept = exchange.kept_in(found.id)
    names = people.people_with_ids({person for person, _why in kept})
    for person, why in kept:
        known = names.get(person)
        url = url_for("manager.open_person", person=person) if known else ""
        yield KeptLine(known.name if known else nobody_known(), url, str(WHY_KEPT.get(why, why)))
