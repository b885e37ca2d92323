"""For servers that ask for a module and a name (`gunicorn wsgi:app`), and for `flask lms …`."""

from lms.app import create_app
from lms.cli import lms

app = create_app()
app.cli.add_command(lms)
