"""For servers that ask for a module and a name: `gunicorn wsgi:app`."""

from lms.app import create_app

app = create_app()
