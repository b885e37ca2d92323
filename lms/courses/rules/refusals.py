"""What the library refuses."""

from lms.base.language import sentence
from lms.base.refusals import Refusal


class CourseUnknown(Refusal):
    says = sentence("There is no course at this address. Look for it in the catalogue.")


class EditionUnknown(Refusal):
    says = sentence("This edition of the course is not on this server. Open the course again.")


class QuestionUnknown(Refusal):
    says = sentence("This question is not in the course. Open the lesson again.")
