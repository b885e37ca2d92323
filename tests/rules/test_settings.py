"""A setting that cannot be used stops the start and names itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lms.settings import SettingsWrong, read_settings
from tests.ports import free_port


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LMS_PORT", "80000"),
        ("LMS_WORKERS", "many"),
        ("LMS_DATABASE_URL", "mysql://somewhere/lms"),
        ("LMS_COURSES_DIR", "/nowhere/courses"),
        ("LMS_SESSION_HOURS", "0"),
    ],
)
def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    monkeypatch.setenv("LMS_INSTANCE_DIR", str(tmp_path))
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsWrong, match=name):
        read_settings()


def test_an_instance_folder_that_cannot_be_made_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LMS_INSTANCE_DIR", str(tmp_path / "file" / "instance"))
    with pytest.raises(SettingsWrong, match="LMS_INSTANCE_DIR"):
        read_settings()


@pytest.mark.parametrize(
    ("missing", "name", "value"),
    [
        ("psycopg", "LMS_DATABASE_URL", "postgresql://lms@db/lms"),
        ("authlib", "LMS_OIDC_ISSUER", "https://accounts.post.example"),
    ],
)
def test_what_must_be_installed_for_a_setting_is_said_with_its_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, missing: str, name: str, value: str
) -> None:
    monkeypatch.setenv("LMS_INSTANCE_DIR", str(tmp_path))
    monkeypatch.setenv("LMS_OIDC_CLIENT_ID", "relais")
    monkeypatch.setenv("LMS_PUBLIC_URL", "https://relais.post.example")
    monkeypatch.setenv(name, value)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(SettingsWrong, match=f"{name} needs .*pip install"):
        read_settings()


def test_a_database_that_does_not_answer_is_a_sentence(tmp_path: Path) -> None:
    nobody = {
        "LMS_INSTANCE_DIR": str(tmp_path),
        "LMS_DATABASE_URL": f"postgresql://lms@127.0.0.1:{free_port()}/lms",
    }
    command = [sys.executable, "-m", "lms", "state"]
    done = subprocess.run(command, env=os.environ | nobody, capture_output=True, text=True)

    assert done.returncode == 1
    assert "The database does not answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_secret_is_made_once_and_for_this_account_alone(tmp_path: Path) -> None:
    first = read_settings(instance_dir=tmp_path).secret_key
    assert len(first) >= 64
    assert read_settings(instance_dir=tmp_path).secret_key == first
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
