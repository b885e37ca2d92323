"""A small complete course in French and English, of which anything can be changed."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from lms.courses.reader import stamp_translations

COURSE_YAML: dict[str, str] = {
    "id": "T1",
    "languages": "[fr, en]",
    "status": "published",
    "audience": "[staff]",
    "track": "up-skilling",
    "competences": '["4.1"]',
    "minutes": "24",
    "level": "B1",
    "pass_mark": "70",
    "attempts": "{max: 0, pause_minutes: 10}",
    "prerequisites": "[]",
    "certificate": "{kind: completion, valid_months: 0}",
    "checked_on": '"2026-11-21"',
    "sources": "[U1, Y3]",
    "licence": '"CC-BY-4.0"',
    "contact": '"{{ support_phone }}"',
    "recognised": "true",
}

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" width="640" height="360">
<title>Colis</title><rect width="640" height="360" fill="#fdf8ee"/></svg>
"""

INDEX_FR = """---
title: Les petits colis
summary: Accepter un petit colis sans erreur.
for: Pour les agents au guichet.
objectives:
  - Peser un colis
  - Remplir la déclaration
---
Bienvenue dans ce cours de {{ operator_name }}.
"""
INDEX_EN = """---
title: Small parcels
summary: Accept a small parcel without a mistake.
for: For counter staff.
objectives:
  - Weigh a parcel
  - Fill in the declaration
---
Welcome to this course of {{ operator_name }}.
"""
MODULE_FR = """---
title: Au guichet
summary: Les gestes du guichet.
---
Bienvenue.
"""
MODULE_EN = """---
title: At the counter
summary: What you do at the counter.
---
Welcome.
"""
WEIGH_FR = """---
title: Peser un colis
summary: Lire le poids et le prix.
minutes: 8
objectives:
  - Peser un colis
sources: [U1]
---
Awa pose un [[term:petit paquet]] sur la balance : il pèse 2 kg.

## Lire la balance

> [!TIP]
> Attendez que le chiffre ne bouge plus.

![Une balance avec un colis.](../media/scale.svg)

| Poids | Prix |
|---|--:|
| 1 kg | 500 {{ currency }} |

Lisez aussi [la leçon suivante](02-declare.fr.md).

::: quiz

## Que faites-vous d'abord ? {#weigh-first points=1}

Awa arrive avec un colis.

> Regardez la balance.

1. [ ] Demander le prix {#price}
   > Non : le prix vient après le poids.
2. [x] Poser le colis sur la balance {#scale}
   > Oui : le poids donne le prix.
3. [ ] Fermer le guichet {#close}
   > Non : Awa attend.

Le poids vient toujours d'abord.

## Que vérifiez-vous ? {#weigh-check points=2}

- [x] Le poids {#weight}
  > Oui.
- [x] L'adresse {#address}
  > Oui.
- [ ] La couleur du colis {#colour}
  > Non : elle ne change rien.

## Combien de kilos au plus ? {#weigh-limit points=1}

Un petit paquet pèse au plus [[2±0.05]] kg.

C'est la limite du petit paquet.

:::
"""
WEIGH_EN = """---
title: Weigh a parcel
summary: Read the weight and the price.
minutes: 8
objectives:
  - Weigh a parcel
sources: [U1]
---
Awa puts a [[term:small packet]] on the scale: it weighs 2 kg.

## Read the scale

> [!TIP]
> Wait until the figure stands still.

![A scale with a parcel.](../media/scale.svg)

| Weight | Price |
|---|--:|
| 1 kg | 500 {{ currency }} |

Read [the next lesson](02-declare.en.md) too.

::: quiz

## What do you do first? {#weigh-first points=1}

Awa arrives with a parcel.

> Look at the scale.

1. [ ] Ask for the price {#price}
   > No: the price comes after the weight.
2. [x] Put the parcel on the scale {#scale}
   > Yes: the weight gives the price.
3. [ ] Close the counter {#close}
   > No: Awa is waiting.

The weight always comes first.

## What do you check? {#weigh-check points=2}

- [x] The weight {#weight}
  > Yes.
- [x] The address {#address}
  > Yes.
- [ ] The colour of the parcel {#colour}
  > No: it changes nothing.

## How many kilos at most? {#weigh-limit points=1}

A small packet weighs at most [[2±0.05]] kg.

That is the limit of a small packet.

:::
"""
DECLARE_FR = """---
title: Remplir la déclaration
summary: Dire ce que le colis contient.
minutes: 6
objectives:
  - Nommer le contenu
---
Le client dit ce que le colis contient.

::: quiz

## Mettez les gestes dans l'ordre {#declare-order points=1}

1. Demander le contenu {#ask}
2. Écrire le contenu {#write}
3. Faire signer le client {#sign}

On signe à la fin.

## Reliez chaque objet à son nom {#declare-match points=1}

- Une chemise :: Vêtement en coton {#shirt}
- Un téléphone :: Appareil avec batterie {#phone}
- Du savon :: Savon de toilette {#soap}

Un nom précis aide la douane.

## Complétez {#declare-fill points=1}

Le client doit [[signer|signé]] la déclaration.

Sans signature, le colis attend.

:::
"""
DECLARE_EN = """---
title: Fill in the declaration
summary: Say what the parcel holds.
minutes: 6
objectives:
  - Name the content
---
The customer says what the parcel holds.

::: quiz

## Put the steps in order {#declare-order points=1}

1. Ask for the content {#ask}
2. Write the content {#write}
3. Have the customer sign {#sign}

Signing comes last.

## Match each thing with its name {#declare-match points=1}

- A shirt :: Cotton clothing {#shirt}
- A telephone :: Device with a battery {#phone}
- Some soap :: Toilet soap {#soap}

A precise name helps customs.

## Complete {#declare-fill points=1}

The customer has to [[sign]] the declaration.

Without it the parcel waits.

:::
"""


def _test(language: str) -> str:
    french = language == "fr"
    title = "Test final" if french else "Final test"
    yes, no = ("Oui", "Non") if french else ("Yes", "No")
    questions = "\n".join(
        f"## {'Cas' if french else 'Case'} {number} {{#t-case-{number} points=1}}\n\n"
        f"1. [{'x' if number % 2 else ' '}] {yes} {number} {{#yes}}\n   > {yes}.\n"
        f"2. [{' ' if number % 2 else 'x'}] {no} {number} {{#no}}\n   > {no}.\n"
        for number in range(1, 21)
    )
    return (
        f"---\ntitle: {title}\nsummary: {title}.\nminutes: 10\npool: 5\n---\n\n"
        f"::: quiz\n\n{questions}\n:::\n"
    )


FILES: dict[str, str | bytes] = {
    "index.fr.md": INDEX_FR,
    "index.en.md": INDEX_EN,
    "01-counter/index.fr.md": MODULE_FR,
    "01-counter/index.en.md": MODULE_EN,
    "01-counter/01-weigh.fr.md": WEIGH_FR,
    "01-counter/01-weigh.en.md": WEIGH_EN,
    "01-counter/02-declare.fr.md": DECLARE_FR,
    "01-counter/02-declare.en.md": DECLARE_EN,
    "test.fr.md": _test("fr"),
    "test.en.md": _test("en"),
    "media/scale.svg": DRAWING,
}


def make_course_folder(
    tmp_path: Path,
    slug: str = "small-parcels",
    *,
    files: Mapping[str, str | bytes | None] | None = None,
    replace: Mapping[str, tuple[str, str]] | None = None,
    stamp: bool = True,
    **facts: Any,
) -> Path:
    """Writes the course to `tmp_path / slug` and gives the folder.

    `files` adds or changes whole files (None leaves one out), `replace` changes words in one
    (path → (old, new)), `facts` change keys of course.yaml. Translations are stamped unless
    `stamp` is False; `replace` happens after that.
    """
    folder = tmp_path / slug
    for path, content in {**FILES, **(files or {})}.items():
        if content is not None:
            write(folder / path, content)
    if "course.yaml" not in (files or {}):
        write(folder / "course.yaml", course_yaml(**facts))
    if stamp:
        stamp_translations(folder)
    for path, (old, new) in (replace or {}).items():
        change(folder / path, old, new)
    return folder


def course_yaml(**facts: Any) -> str:
    """course.yaml with some keys changed; None leaves a key out."""
    values = {**COURSE_YAML, **facts}
    return "".join(f"{key}: {value}\n" for key, value in values.items() if value is not None)


def change(path: Path, old: str, new: str) -> None:
    """Replaces words in a file; fails where they are not there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def write(path: Path, content: str | bytes) -> None:
    """Writes one file, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def make_photo(width: int = 1200, height: int = 800, form: str = "PNG") -> bytes:
    """A picture of pixels that does not compress to nothing."""
    from PIL import Image

    image = Image.effect_noise((width // 8, height // 8), 40).resize((width, height))
    out = BytesIO()
    image.convert("RGB").save(out, form)
    return out.getvalue()
