"""The kiosk's pages."""

from lms.web.kiosk import choosing, enrolling, entering, looking
from lms.web.kiosk.desk import desk

__all__ = ["choosing", "desk", "enrolling", "entering", "looking"]
