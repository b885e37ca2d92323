"""The counter's pages."""

from lms.web.counter import cards, machines, person, registering, today
from lms.web.counter.desk import desk, devices

__all__ = ["cards", "desk", "devices", "machines", "person", "registering", "today"]
