"""From a folder of Markdown to a `Course` value, with every problem on the way."""

from lms.courses.reader.course import read_course, read_files
from lms.courses.reader.stamping import stamp_translations

__all__ = ["read_course", "read_files", "stamp_translations"]
