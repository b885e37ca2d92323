"""Every desk of this floor."""

from lms.web.account.views import desk as account
from lms.web.account.views import own
from lms.web.learner.views import desk as learner
from lms.web.manager.views import desk as manager
from lms.web.public.views import desk as public
from lms.web.public.views import root

DESKS = (root, public, account, own, learner, manager)
