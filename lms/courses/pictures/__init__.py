"""Pictures: what they are, whether they may be shown, and lighter versions of them."""

from lms.courses.pictures.examine import Examined, Finding, examine, is_picture

__all__ = ["Examined", "Finding", "examine", "is_picture"]
