"""Words for the six questions that are plainly made up, for tests alone."""

from pathlib import Path

from lms.people.functioning.rules import ANSWERS, DOMAINS


def write_test_words(folder: Path) -> Path:
    """A whole file `fr.yaml` in the folder, its keys in another order than the site's."""
    folder.mkdir(parents=True, exist_ok=True)
    answers = [answer for answer in reversed(ANSWERS) if answer != "refused"]
    lines = [
        "answers:",
        *(f"  {answer}: Réponse d’essai {answer}" for answer in answers),
        "questions:",
        *(f"  {domain}: Question d’essai {domain}" for domain in reversed(DOMAINS)),
        "introduction: Texte d’essai, qui n’est pas officiel.",
        "source: Fichier d’essai",
        "date: 2026-03-02",
    ]
    path = folder / "fr.yaml"
    path.write_text("\n".join(lines), "utf-8")
    return path
