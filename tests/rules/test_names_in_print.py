"""Names stand in print as a printer would set them."""

import pytest

from lms.people.rules import Organisation


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_straight_apostrophe_is_shown_as_one_of_print(language: str) -> None:
    facts = dict.fromkeys(Organisation.__dataclass_fields__, "")
    typed = facts | {"name_fr": "La Poste de Côte d'Ivoire", "name_en": "Côte d'Ivoire Post"}
    shown = Organisation(**typed).name(language)  # type: ignore[arg-type]
    assert "’" in shown and "'" not in shown
