"""From a `Course` to what an edition holds: HTML in each language, keys apart, pictures."""

from lms.courses.rendering.edition import Rendered, edition_from, render_course

__all__ = ["Rendered", "edition_from", "render_course"]
