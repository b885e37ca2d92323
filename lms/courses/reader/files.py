"""From a folder on disk to its files in memory, within bounds."""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from lms.base.language import Sentence, sentence
from lms.courses.rules.course import Problem, SourceFile

TEXT_LIMIT: Final = 1024 * 1024
PICTURE_LIMIT: Final = 5 * 1024 * 1024
SOUND_LIMIT: Final = 10 * 1024 * 1024
TOTAL_LIMIT: Final = 64 * 1024 * 1024
FILES_LIMIT: Final = 600
DEPTH_LIMIT: Final = 3
TEXT_KINDS: Final = frozenset({".md", ".yaml"})
PICTURE_KINDS: Final = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp"})
SOUND_KINDS: Final = frozenset({".ogg", ".opus", ".mp3"})
_PATH: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_IGNORED: Final = ("Thumbs.db", "__MACOSX")


class FileRefused(Exception):
    """A file that is not taken in; `sentence` says why."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(str(why))
        self.sentence = why


def files_in(folder: Path) -> tuple[dict[str, SourceFile], list[Problem]]:
    """The files of a course folder by relative path, and what was refused."""
    if folder.is_symlink() or not folder.is_dir():
        return {}, [Problem(folder.name, 1, sentence("There is no such folder. Check its name."))]
    files: dict[str, SourceFile] = {}
    problems: list[Problem] = []
    room = TOTAL_LIMIT
    for path in _paths_in(folder, folder):
        name = path.relative_to(folder).as_posix()
        try:
            _check_count(len(files))
            file = _accepted(name, _read(path, name, room))
        except FileRefused as refused:
            problems.append(Problem(name, 1, refused.sentence))
            continue
        files[name] = file
        room -= len(file.data)
    return files, problems


def files_from(given: Mapping[str, bytes]) -> tuple[dict[str, SourceFile], list[Problem]]:
    """The same checks for files that came by another way than a folder."""
    files: dict[str, SourceFile] = {}
    problems: list[Problem] = []
    room = TOTAL_LIMIT
    for name, data in sorted(given.items()):
        if _is_ignored(name.rpartition("/")[2]):
            continue
        try:
            _check_count(len(files))
            _check_size(name, len(data), room)
            files[name] = _accepted(name, data)
        except FileRefused as refused:
            problems.append(Problem(name, 1, refused.sentence))
            continue
        room -= len(data)
    return files, problems


def _paths_in(folder: Path, root: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for path in entries:
        if _is_ignored(path.name):
            continue
        deep = len(path.relative_to(root).parts) >= DEPTH_LIMIT
        if path.is_dir() and not path.is_symlink() and not deep:
            yield from _paths_in(path, root)
        else:
            yield path


def _is_ignored(name: str) -> bool:
    return name.startswith((".", "~")) or name.endswith("~") or name in _IGNORED


def _read(path: Path, name: str, room: int) -> bytes:
    if path.is_symlink():
        raise FileRefused(
            sentence("This is a link to another file. Put the file itself into the course folder.")
        )
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except OSError:
        raise FileRefused(sentence("This file cannot be opened. Check who may read it.")) from None
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise FileRefused(sentence("This is not a file with text or a picture. Remove it."))
        _check_size(name, status.st_size, room)
        return file.read(_limit_of(name) + 1)


def _limit_of(name: str) -> int:
    suffix = Path(name).suffix.lower()
    if suffix in SOUND_KINDS:
        return SOUND_LIMIT
    return PICTURE_LIMIT if suffix in PICTURE_KINDS else TEXT_LIMIT


def _check_count(count: int) -> None:
    if count >= FILES_LIMIT:
        raise FileRefused(
            sentence("A course has %(count)s files at most. Remove some.", count=FILES_LIMIT)
        )


def _check_size(name: str, size: int, room: int) -> None:
    limit = _limit_of(name)
    if size > limit:
        raise FileRefused(
            sentence(
                "This file is too heavy: %(size)s KB. Make it lighter than %(limit)s KB.",
                size=size // 1024,
                limit=limit // 1024,
            )
        )
    if size > room:
        raise FileRefused(
            sentence(
                "All files together are heavier than %(limit)s MB. Remove pictures or make "
                "them lighter.",
                limit=TOTAL_LIMIT // 1024 // 1024,
            )
        )


def _accepted(name: str, data: bytes) -> SourceFile:
    _check_size(name, len(data), TOTAL_LIMIT)
    suffix = Path(name).suffix.lower()
    if not _PATH.fullmatch(name) or ".." in name or name.count("/") >= DEPTH_LIMIT:
        raise FileRefused(
            sentence(
                "This file or folder name cannot be used. Use letters without accents, figures "
                "and hyphens, and at most one folder inside the course."
            )
        )
    if suffix not in TEXT_KINDS | PICTURE_KINDS | SOUND_KINDS:
        raise FileRefused(
            sentence(
                "This kind of file does not belong in a course. Use .md for text, .svg, .png, "
                ".jpg or .webp for pictures and .opus, .ogg or .mp3 for sound, or remove the file."
            )
        )
    return SourceFile(name, data)


def text_of(file: SourceFile) -> str:
    """The text of a file; refused where it is not UTF-8."""
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused(
            sentence("This text is not saved as UTF-8. Save it again with the encoding UTF-8.")
        ) from None
    if "\0" in text:
        raise FileRefused(sentence("This file holds signs that are not text. Write it again."))
    return text.replace("\r\n", "\n").replace("\r", "\n")
