"""A setting that cannot be used stops the start and names itself."""

from pathlib import Path

import pytest

from lms.settings import SettingsWrong, read_settings


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


def test_the_secret_is_made_once_and_for_this_account_alone(tmp_path: Path) -> None:
    first = read_settings(instance_dir=tmp_path).secret_key
    assert len(first) >= 64
    assert read_settings(instance_dir=tmp_path).secret_key == first
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
