"""The pictures of a course as they will be served."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from lms.base.markdown import Picture
from lms.courses.pictures import examine, is_picture
from lms.courses.pictures.raster import lighter_versions
from lms.courses.rules.course import SourceFile
from lms.courses.rules.edition import Media

NAME_LENGTH: Final = 32
_ENDINGS: Final = {
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
}
_SHRINKABLE: Final = ("image/png", "image/jpeg")


@dataclass(frozen=True, slots=True)
class Gallery:
    """`pictures` by path in the folder, `media` by the name they are served under."""

    pictures: Mapping[str, Picture] = field(default_factory=dict)
    media: Mapping[str, Media] = field(default_factory=dict)


def gallery_of(files: Mapping[str, SourceFile]) -> Gallery:
    """Every picture that can be shown; those that cannot are left out."""
    pictures: dict[str, Picture] = {}
    media: dict[str, Media] = {}
    for path, file in files.items():
        if is_picture(path):
            picture, served = _served(file)
            if picture:
                pictures[path] = picture
                media.update({one.name: one for one in served})
    return Gallery(pictures, media)


def _served(file: SourceFile) -> tuple[Picture | None, list[Media]]:
    examined = examine(file)
    if not examined.width or any(one.severity == "error" for one in examined.findings):
        return None, []
    itself = media_from(file.data, examined.media_type)
    shrinkable = examined.media_type in _SHRINKABLE
    lighter = lighter_versions(file.data) if shrinkable else []
    versions = [(width, media_from(data, "image/webp")) for width, data in lighter]
    srcset = ", ".join(f"/media/{one.name} {width}w" for width, one in versions)
    size = len(versions[-1][1].data) if versions else len(file.data)
    picture = Picture(f"/media/{itself.name}", examined.width, examined.height, size, srcset)
    return picture, [itself, *(one for _, one in versions)]


def media_from(data: bytes, media_type: str) -> Media:
    """A picture named by its content."""
    name = f"{hashlib.sha256(data).hexdigest()[:NAME_LENGTH]}.{_ENDINGS[media_type]}"
    return Media(name, media_type, data)
