"""Writing into each translation which source text it was made from."""

import re
from pathlib import Path
from typing import Final

from lms.courses.reader.course import read_course
from lms.courses.rules.course import Page

_BOUNDARY: Final = re.compile(rb"^-{3,}[ \t]*\r?$", re.MULTILINE)
_STAMP: Final = re.compile(rb"^l10n:[^\n]*(?:\n[ \t]+[^\n]*)*\n", re.MULTILINE)


def stamp_translations(folder: Path) -> list[str]:
    """Sets `l10n: {source: "…"}` in every translation and keeps all other bytes.

    Says that each translation fits its source now, so use it after reading both. Returns the
    paths that changed.
    """
    course = read_course(folder)
    return [
        page.path
        for _, pages in course.parts()
        for page in pages.values()
        if (source := pages.get(course.source_language))
        and page is not source
        and _stamp(folder / page.path, page, source.digest)
    ]


def _stamp(path: Path, page: Page, digest: str) -> bool:
    if page.front.translated_from == digest:
        return False
    old = path.read_bytes()
    new = stamped(old, digest)
    if new == old:
        return False
    temporary = path.with_name(f"~{path.name}")
    temporary.write_bytes(new)
    temporary.replace(path)
    return True


def stamped(data: bytes, digest: str) -> bytes:
    """The file's bytes with the stamp in its front matter; as they were without front matter."""
    bounds = list(_BOUNDARY.finditer(data))[:2]
    if len(bounds) < 2:
        return data
    start, end = bounds[0].end() + 1, bounds[1].start()
    front = data[start:end]
    line_end = b"\r\n" if b"\r\n" in data[:end] else b"\n"
    line = b'l10n: {source: "' + digest.encode() + b'"}' + line_end
    front, count = _STAMP.subn(lambda _: line, front, count=1)
    return data[:start] + front + (b"" if count else line) + data[end:]
