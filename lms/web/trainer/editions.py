"""Comparing editions, and giving one back as a folder."""

import io
import zipfile
from typing import Final

from flask import request
from flask_babel import format_date
from flask_babel import gettext as _

from lms.courses import queries as courses
from lms.courses.queries import EditionUnknown
from lms.courses.rules import Edition
from lms.web.language import current_language
from lms.web.shelf import text_of
from lms.web.trainer.pages import ComparePage, EditionChoice

_BEGIN: Final = (1980, 1, 1, 0, 0, 0)


def edition_of_course(slug: str, edition_hash: str) -> Edition:
    """An edition of this course; refuses any other."""
    edition = courses.edition_of(edition_hash)
    if edition.slug != slug:
        raise EditionUnknown
    return edition


def compare_page(slug: str) -> ComparePage:
    """What changed from the older edition chosen to the newer one; without a choice, the last."""
    editions = courses.editions_of(slug)
    if not editions:
        raise EditionUnknown
    before = editions[min(1, len(editions) - 1)]
    old = edition_of_course(slug, request.args.get("old") or before.hash)
    new = edition_of_course(slug, request.args.get("new") or editions[0].hash)
    return ComparePage(
        slug=slug,
        title=text_of(new.hash, current_language()).title,
        choices=tuple(EditionChoice(each.hash, _name(each)) for each in editions),
        old=old.hash,
        new=new.hash,
        changes=courses.changes_between(old.hash, new.hash),
    )


def _name(edition: Edition) -> str:
    day = format_date(edition.published_at, "long") if edition.published_at else ""
    return str(_("Edition %(number)s, %(day)s", number=edition.number, day=day))


def zipped(edition: Edition) -> bytes:
    """The edition's folder, byte for byte; the same edition gives the same archive."""
    moment = edition.published_at.timetuple()[:6] if edition.published_at else _BEGIN
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in courses.export_edition(edition.hash):
            entry = zipfile.ZipInfo(f"{edition.slug}/{path}", moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()
