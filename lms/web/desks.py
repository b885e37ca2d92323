"""Every desk of this floor."""

from lms.web.account.sso import back as sso
from lms.web.account.views import desk as account
from lms.web.account.views import own
from lms.web.assistance.views import at_counter as assisting
from lms.web.assistance.views import desk as assistance
from lms.web.audit.views import desk as audit
from lms.web.counter.views import desk as counter
from lms.web.counter.views import devices
from lms.web.engineer.views import desk as engineer
from lms.web.kiosk.views import desk as kiosk
from lms.web.learner.views import desk as learner
from lms.web.manager.views import desk as manager
from lms.web.public.views import desk as public
from lms.web.public.views import root
from lms.web.rights.views import desk as rights
from lms.web.secretariat.views import desk as secretariat
from lms.web.trainer.views import desk as trainer

DESKS = (
    root,
    public,
    account,
    own,
    sso,
    learner,
    trainer,
    manager,
    secretariat,
    engineer,
    counter,
    assisting,
    assistance,
    devices,
    kiosk,
    rights,
    audit,
)
