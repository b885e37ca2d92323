"""SVG: drawings are served as they are, so only drawing may be in them."""

import re
from typing import Final
from xml.parsers import expat

from lms.base.language import Sentence, sentence
from lms.courses.pictures.findings import Examined, Finding

_ELEMENTS: Final = """
    svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan
    textPath linearGradient radialGradient stop clipPath mask marker pattern
"""
_ALLOWED: Final = frozenset(_ELEMENTS.split())
_SIZE: Final = re.compile(r"\s*(\d{1,5}(?:\.\d+)?)(?:px)?\s*")
_OUTSIDE: Final = re.compile(r"url\(\s*['\"]?(?!#)|@import|javascript:|data:|expression\(", re.I)
_FINDINGS_LIMIT: Final = 10

_NOT_XML: Final = sentence("This drawing cannot be read. Save it again as plain SVG.")
_DOCTYPE: Final = sentence("A DOCTYPE or an entity stands in this drawing. Remove those lines.")
_INSTRUCTION: Final = sentence(
    "This drawing asks for another file to be loaded. Remove the “<?…?>” line."
)
_REFERENCE: Final = sentence(
    "This drawing points outside itself. Use shapes and text only, and #names of its own."
)
_NO_SIZE: Final = sentence(
    "This drawing has no size. Add width, height and viewBox to its first line."
)


def examine_svg(data: bytes) -> Examined:
    """Size of a drawing, and everything in it that is not drawing."""
    looking = _Looking()
    looking.read(data)
    if not looking.findings and not (looking.width and looking.height):
        looking.find(_NO_SIZE)
    findings = tuple(looking.findings[:_FINDINGS_LIMIT])
    return Examined("image/svg+xml", round(looking.width), round(looking.height), findings)


class _Looking:
    """Reads the drawing once and notes what it meets."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.width = 0.0
        self.height = 0.0
        self.elements = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._element
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction

    def read(self, data: bytes) -> None:
        try:
            self.parser.Parse(data, True)
        except (expat.ExpatError, ValueError):
            if not self.findings:
                self.find(_NOT_XML)
        if not self.elements and not self.findings:
            self.find(_NOT_XML)

    def find(self, what: Sentence) -> None:
        self.findings.append(Finding(what, max(1, self.parser.CurrentLineNumber)))

    def _doctype(self, *_parts: object) -> None:
        self.find(_DOCTYPE)
        raise ValueError

    def _instruction(self, *_parts: object) -> None:
        self.find(_INSTRUCTION)

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if name not in _ALLOWED or (self.elements == 1 and name != "svg"):
            self.find(_not_allowed(name))
        if self.elements == 1:
            self._measure(attributes)
        for key, value in attributes.items():
            self._attribute(key, value)

    def _measure(self, attributes: dict[str, str]) -> None:
        box = [*attributes.get("viewBox", "").replace(",", " ").split(), "", "", "", ""]
        self.width = _length(attributes.get("width", "")) or _length(box[2])
        self.height = _length(attributes.get("height", "")) or _length(box[3])

    def _attribute(self, key: str, value: str) -> None:
        name = key.rpartition(":")[2].lower()
        if name.startswith("on"):
            self.find(_not_allowed(key))
        elif key.startswith("xmlns"):
            return
        elif (name == "href" and not value.strip().startswith("#")) or _OUTSIDE.search(value):
            self.find(_REFERENCE)


def _not_allowed(name: str) -> Sentence:
    return sentence(
        "“%(name)s” is not allowed in a drawing: only shapes and text are. Remove it.",
        name=name[:40],
    )


def _length(text: str) -> float:
    found = _SIZE.fullmatch(text)
    return float(found[1]) if found else 0.0
