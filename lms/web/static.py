"""Static files under addresses that name their content, so that browsers keep them for ever.

At the start they are copied once, compressed, into the instance folder; WhiteNoise serves them
from there.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from lms.settings import Settings

_SERVED = {".css", ".js", ".svg", ".ico", ".png", ".webp"}


def install(app: Flask, settings: Settings) -> Callable[[str], str]:
    """Serves the static files; returns the function name → address."""
    files = sorted(
        path for path in settings.static_dir.iterdir() if path.is_file() and path.suffix in _SERVED
    )
    digest = _digest(files)
    folder = _prepared(files, settings.instance_dir / "cache", digest)
    noise = WhiteNoise(app.wsgi_app, max_age=31_536_000, immutable_file_test=lambda *_: True)
    noise.add_files(str(folder), prefix=f"static/{digest}/")
    app.wsgi_app = noise  # type: ignore[method-assign]
    addresses = {path.name: f"/static/{digest}/{path.name}" for path in files}
    return addresses.__getitem__


def _digest(files: list[Path]) -> str:
    content = hashlib.sha256()
    for path in files:
        content.update(path.name.encode() + b"\0" + path.read_bytes())
    return content.hexdigest()[:12]


def _prepared(files: list[Path], cache: Path, digest: str) -> Path:
    ready = cache / f"static-{digest}"
    if not ready.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=f"static-{digest}.", dir=cache))
        making.chmod(0o755)
        for path in files:
            shutil.copy(path, making / path.name)
        compressor = Compressor(quiet=True)
        for path in files:
            if compressor.should_compress(path.name):
                for _ in compressor.compress(str(making / path.name)):
                    pass
        try:
            making.rename(ready)
        except OSError:  # another process that starts at the same moment was quicker
            shutil.rmtree(making)
            if not ready.is_dir():
                raise
    return ready
