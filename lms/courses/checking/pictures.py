"""Pictures: there, described, light, and safe to show."""

from collections.abc import Iterator
from typing import Final

from lms.base.language import Sentence, sentence
from lms.courses.pictures import examine, is_picture
from lms.courses.rendering.addresses import path_from
from lms.courses.rules.course import Course, Mention, Page, Problem

LIGHT: Final = 30 * 1024


def problems(course: Course) -> Iterator[Problem]:
    """What is wrong with each picture file, and with each place that shows one."""
    shown: set[str] = set()
    refused = {problem.path for problem in course.problems}
    for _, pages in course.parts():
        for page in pages.values():
            for mention in (one for one in page.mentions if one.what == "image"):
                path = path_from(page, mention.text)
                yield from _shown(course, page, mention, path, refused)
                shown.add(path)
    for path, file in course.files.items():
        if is_picture(path):
            for finding in examine(file).findings:
                yield Problem(path, finding.line, finding.sentence, finding.severity)
            if path not in shown:
                yield Problem(path, 1, _UNUSED, "warning")


def _shown(
    course: Course, page: Page, mention: Mention, path: str, refused: set[str]
) -> Iterator[Problem]:
    file = course.files.get(path)
    if not mention.alt:
        yield Problem(page.path, mention.line, _NO_ALT)
    if (file is None and path not in refused) or (file is not None and not is_picture(path)):
        yield Problem(page.path, mention.line, _broken(mention.text))
    elif file is not None and len(file.data) > LIGHT:
        yield Problem(page.path, mention.line, _heavy(path, len(file.data)), "warning")


_NO_ALT: Final = sentence(
    "This picture has no description. Say what it shows between the brackets: ![…](…)."
)
_UNUSED: Final = sentence("No page shows this picture. Show it, or remove the file.")


def _broken(address: str) -> Sentence:
    return sentence(
        "The picture “%(address)s” is not in the course folder. Put it into media/ and correct "
        "its name.",
        address=address[:80],
    )


def _heavy(path: str, size: int) -> Sentence:
    return sentence(
        "The picture %(path)s weighs %(size)s KB. Make it lighter than 30 KB for slow lines.",
        path=path,
        size=size // 1024,
    )
