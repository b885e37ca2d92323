"""Typography: authors type plain signs, readers see what their language wants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.base.markdown import inline_to_html, markdown_to_html
from lms.base.typography import typographed

N = "\u202f"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Que faire ?", f"Que faire{N}?"),
        ("Que faire?", f"Que faire{N}?"),
        ("Attention : non ! Oui ; oui", f"Attention{N}: non{N}! Oui{N}; oui"),
        ("Vraiment ?!", f"Vraiment{N}?!"),
        ("Il dit « oui ».", f"Il dit «{N}oui{N}»."),
        ("Il dit «oui».", f"Il dit «{N}oui{N}»."),
        ("95 % ou 95% des postes", f"95{N}% ou 95{N}% des postes"),
        ("650 000 bureaux", "650 000 bureaux"),
        (
            "l'envoi, aujourd'hui, d'{{ operator_name }}",
            "l’envoi, aujourd’hui, d’{{ operator_name }}",
        ),
        ("{{ currency }} : combien ?", f"{{{{ currency }}}}{N}: combien{N}?"),
        ("à 10:30, voir https://poste.example/?a=1", "à 10:30, voir https://poste.example/?a=1"),
        ("déjà\u00a0: fait", f"déjà{N}: fait"),
    ],
)
def test_french_readers_see_narrow_spaces_and_curly_apostrophes(typed: str, shown: str) -> None:
    assert typographed(typed, "fr") == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("What now? 95% : yes", "What now? 95% : yes"),
        ("Don't lend the customers' keys", "Don’t lend the customers’ keys"),
        ('She says "yes" ("now")', "She says “yes” (“now”)"),
        ("They said 'yes'.", "They said ‘yes’."),
    ],
)
def test_english_readers_see_curly_quotes_and_no_added_spaces(typed: str, shown: str) -> None:
    assert typographed(typed, "en") == shown


def test_other_languages_are_left_alone() -> None:
    assert typographed("Nani ? 'Mimi' \"sisi\"", "sw") == "Nani ? 'Mimi' \"sisi\""


def test_code_is_never_touched() -> None:
    html = inline_to_html("Tapez `a : b ; l'eau` : fini !", language="fr")
    assert html == f"Tapez <code>a : b ; l'eau</code>{N}: fini{N}!"


def test_code_blocks_and_addresses_are_never_touched() -> None:
    html = markdown_to_html("```\nl'eau : ?\n```\n\n<https://poste.example/a'b?c>\n", language="fr")
    assert "l'eau : ?" in html
    assert ">https://poste.example/a'b?c</a>" in html


def test_signs_after_bold_words_get_their_space() -> None:
    html = inline_to_html("**Attention**: lisez « *tout* » !", language="fr")
    expected = f"<strong>Attention</strong>{N}: lisez «{N}<em>tout</em>{N}»{N}!"
    assert html == expected


def test_descriptions_of_pictures_are_set_too() -> None:
    assert "Quoi\u202f?" in markdown_to_html("![Quoi ?](x.png)", language="fr")


@given(
    st.text(alphabet="ab1 \u00a0\u202f'\"’«»;:!?%.,(){}\n", max_size=40),
    st.sampled_from(["fr", "en"]),
)
def test_setting_a_text_twice_changes_nothing_more(text: str, language: str) -> None:
    once = typographed(text, language)
    assert typographed(once, language) == once


@given(st.text(max_size=60), st.sampled_from(["fr", "en"]))
def test_no_letter_or_figure_is_ever_lost(text: str, language: str) -> None:
    def kept(words: str) -> str:
        return "".join(c for c in words if c.isalnum())

    assert kept(typographed(text, language)) == kept(text)
