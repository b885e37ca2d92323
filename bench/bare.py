"""The baseline: three bare Flask routes under the site's own gunicorn options.

`/fixed/<name>` gives the very bytes of one of the site's pages. `/read/<name>` makes as many bytes
with one indexed read and one Jinja render. `/write` inserts one row durably.

Started by the benchmark as `python -m bench.bare <folder>`; the folder holds the pages.
"""

import gc
import json
import sys
from pathlib import Path
from typing import Any, Final, cast

from flask import Flask, Response, redirect, render_template, request
from flask_compress import Compress
from jinja2 import DictLoader
from sqlalchemy import Column, Engine, MetaData, Table, Text, insert, select

from lms.app import Relais, _configuration
from lms.base.database import db, prepare_engine
from lms.base.ids import new_id
from lms.cli.serving import run_gunicorn
from lms.settings import Settings, read_settings

MANIFEST: Final = "pages.json"
_TABLES: Final = MetaData()
PAGE: Final = Table(
    "page",
    _TABLES,
    Column("name", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
)
ANSWER: Final = Table(
    "answer", _TABLES, Column("id", Text, primary_key=True), Column("body", Text, nullable=False)
)
_READ: Final = select(PAGE.c.title, PAGE.c.body)
TEMPLATE: Final = (
    '<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
    "<title>{{ title }}</title>\n</head>\n<body>\n<main>\n{{ body | safe }}\n</main>\n"
    "</body>\n</html>"
)


def create_bare(folder: Path, settings: Settings) -> Flask:
    """The three routes, over an SQLite file opened as the site opens its record."""
    app = Flask("bare", static_folder=None)
    app.jinja_loader = DictLoader({"page.html": TEMPLATE})
    app.config.from_mapping(_configuration(settings))
    db.init_app(app)
    _compress_when_asked(app)
    with app.app_context():
        for engine in db.engines.values():
            prepare_engine(engine)
        fixed = _fill(db.engine, folder)
        _routes(app, db.engine, fixed)
    return app


def _compress_when_asked(app: Flask) -> None:
    """The site's compression; a request that asks for none must not even pay for the question."""
    compress = Compress()
    compress.init_app(app)
    app.after_request_funcs[None] = []

    @app.after_request
    def squeeze(response: Response) -> Response:
        asked = "br" in request.headers.get("Accept-Encoding", "")
        return compress.after_request(response) if asked else response


def _fill(engine: Engine, folder: Path) -> dict[str, tuple[bytes, str]]:
    kinds: dict[str, str] = json.loads((folder / MANIFEST).read_text())
    fixed = {name: ((folder / name).read_bytes(), kind) for name, kind in kinds.items()}
    with engine.execution_options(lms_write=True).begin() as connection:
        _TABLES.create_all(connection)
        for name, (data, kind) in fixed.items():
            if kind.startswith("text/html"):
                row = {"name": name, "title": name, "body": _body(data.decode(), name)}
                connection.execute(insert(PAGE), row)
    engine.dispose()
    return fixed


def _body(html: str, title: str) -> str:
    """The page, shortened by as many bytes as the template brings."""
    around = len(TEMPLATE.replace("{{ title }}", title).replace("{{ body | safe }}", ""))
    return html.encode()[around:].decode(errors="ignore")


def _routes(app: Flask, engine: Engine, fixed: dict[str, tuple[bytes, str]]) -> None:
    @app.get("/fixed/<name>")
    def give(name: str) -> Response:
        data, kind = fixed[name]
        return Response(data, content_type=kind)

    @app.get("/read/<name>")
    def read(name: str) -> str:
        with engine.connect() as connection:
            row = connection.execute(_READ.where(PAGE.c.name == name)).one()
        return render_template("page.html", title=row.title, body=row.body)

    @app.post("/write")
    def write() -> Any:
        row = {"id": new_id(), "body": request.form["ticket"]}
        with engine.connect().execution_options(lms_write=True) as connection, connection.begin():
            connection.execute(insert(ANSWER), row)
        return redirect("/read/lesson", 303)


def main() -> None:
    """Serves until told to stop."""
    folder = Path(sys.argv[1])
    settings = read_settings()
    app = create_bare(folder, settings)
    # What the site's modules keep must not slow the baseline's collector.
    gc.collect()
    gc.freeze()
    run_gunicorn(cast(Relais, app), settings)


if __name__ == "__main__":
    main()
