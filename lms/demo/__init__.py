"""A demonstration site: people who do not exist, plainly marked, with a term of activity.

The same seed gives the same people and the same events, so filling a site twice changes nothing.
"""

from lms.demo.accounts import ACCOUNTS, PASSWORD
from lms.demo.filling import fill

__all__ = ["ACCOUNTS", "PASSWORD", "fill"]
