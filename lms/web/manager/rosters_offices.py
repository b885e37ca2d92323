"""The codes of offices, for whoever writes a list: as many as the sender may name."""

from flask import request, url_for

from lms.people import queries as people
from lms.people.rules import Organisation
from lms.web.language import current_language
from lms.web.manager.person import my_paths
from lms.web.manager.rosters_forms import units_of
from lms.web.manager.rosters_pages import Link, OfficeCodes, OfficesPage


def offices_page() -> OfficesPage:
    """The offices of the only organisation a list may be for, else of the one asked for."""
    units = {each.id: each for each in units_of(my_paths())}
    asked = request.args.get("offices", "")
    chosen = asked if asked in units else next(iter(units), "") if len(units) == 1 else ""
    language = current_language()
    links = tuple(
        Link(each.name(language), url_for("manager.rosters", offices=id) + "#offices", id == chosen)
        for id, each in sorted(units.items(), key=lambda unit: unit[1].name(language))
    )
    codes = _codes_in(units[chosen], asked=bool(asked)) if chosen else None
    return OfficesPage(codes, links if len(links) > 1 else ())


def _codes_in(unit: Organisation, *, asked: bool) -> OfficeCodes:
    language = current_language()
    offices = people.organisations_in([unit.path], level="office")
    steps = {step for office in offices for step in office.path.split("/") if step}
    above = people.organisations_with_ids(steps - {office.id for office in offices})
    regions = {id: each.name(language) for id, each in above.items() if each.level == "region"}
    lines = sorted(
        (
            office.code,
            office.name(language),
            next((regions[step] for step in office.path.split("/") if step in regions), "–"),
        )
        for office in offices
    )
    return OfficeCodes(unit.name(language), tuple(lines), asked)
