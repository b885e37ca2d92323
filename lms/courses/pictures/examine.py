"""Looking at any picture of a course."""

from pathlib import PurePosixPath
from typing import Final

from lms.courses.pictures.findings import Examined, Finding
from lms.courses.pictures.raster import examine_raster
from lms.courses.pictures.svg import examine_svg
from lms.courses.rules.course import SourceFile

__all__ = ["Examined", "Finding", "examine", "is_picture"]

_TYPES: Final = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}


def is_picture(path: str) -> bool:
    """Whether a file's name says that it is a picture."""
    return PurePosixPath(path).suffix.lower() in _TYPES


def examine(file: SourceFile) -> Examined:
    """What a picture is, and what is wrong with it."""
    media_type = _TYPES[PurePosixPath(file.path).suffix.lower()]
    if media_type == "image/svg+xml":
        return examine_svg(file.data)
    return examine_raster(file.data, media_type)
