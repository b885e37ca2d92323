"""Pictures made of pixels: what they are, and lighter versions for small screens."""

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from lms.base.language import sentence
from lms.courses.pictures.findings import Examined, Finding

PIXELS_LIMIT: Final = 40_000_000
WIDTHS: Final = (480, 960)
_TYPES: Final = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
_GPS: Final = 0x8825
_NOT_READ: Final = sentence(
    "This picture cannot be read. Open it in a picture program and save it again."
)
_TOO_LARGE: Final = sentence("This picture has too many pixels. Make it at most 2,000 wide.")
_PLACE: Final = sentence("This photo says where it was taken. Save it again without location.")


def examine_raster(data: bytes, media_type: str) -> Examined:
    """Size of a picture; its pixels are not decoded before their number is known."""
    from PIL import Image

    too_large = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    try:
        with warnings.catch_warnings(), _opened(data) as image:
            width, height = image.size
            if width * height > PIXELS_LIMIT:
                return Examined(media_type, findings=(Finding(_TOO_LARGE),))
            findings = list(_findings(image, media_type))
            image.load()
            if image.getexif().get(_ORIENTATION, 1) in _ON_ITS_SIDE:
                width, height = height, width
            return Examined(media_type, width, height, tuple(findings))
    except too_large:
        return Examined(media_type, findings=(Finding(_TOO_LARGE),))
    except Exception:  # a broken file makes Pillow raise nearly anything
        return Examined(media_type, findings=(Finding(_NOT_READ),))


_ORIENTATION: Final = 0x0112
_ON_ITS_SIDE: Final = (5, 6, 7, 8)


def _opened(data: bytes) -> Any:
    from PIL import Image  # slow to load, and only publishing needs it

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    return Image.open(BytesIO(data), formats=tuple(_TYPES))


def _findings(image: Any, media_type: str) -> Iterator[Finding]:
    if _TYPES.get(image.format) != media_type:
        yield Finding(
            sentence(
                "The name of this picture does not say what it is. End it with .%(ending)s.",
                ending=str(image.format).lower().replace("jpeg", "jpg"),
            )
        )
    if image.getexif().get_ifd(_GPS):
        yield Finding(_PLACE, severity="warning")


def lighter_versions(data: bytes) -> list[tuple[int, bytes]]:
    """(width, WebP bytes), narrowest first: at most 480 and at most 960 pixels wide, each only
    where it is lighter than the picture itself."""
    from PIL import ImageOps

    with warnings.catch_warnings(), _opened(data) as image:
        upright = ImageOps.exif_transpose(image)
        upright = upright.convert("RGBA" if _has_alpha(upright) else "RGB")
        widths = sorted({min(width, upright.width) for width in WIDTHS})
        versions = [(width, _webp(upright, width)) for width in widths]
    return [(width, version) for width, version in versions if len(version) < len(data)]


def _has_alpha(image: Any) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _webp(image: Any, width: int) -> bytes:
    height = max(1, round(image.height * width / image.width))
    out = BytesIO()
    image.resize((width, height)).save(out, "WEBP", quality=72, method=6)
    return out.getvalue()
