"""A first password that can be told over a counter: four everyday words.

Some 240 words a language: 31 bits drawn at random. With the throttle of the sign-in, guessing it
over the network is hopeless, and the person is told to choose another one.
"""

import secrets
from typing import Final

_FRENCH: Final = """
abeille abricot acajou agneau aiguille algue alouette amande ananas ancre antenne arbre ardoise
argile armoire assiette atelier atlas aurore avion avocat balai balance balcon baleine bambou
banane baobab barque bassin bateau beignet berger beurre bijou bocal bougie boussole bouteille
bouton branche brique brise brosse cabane cacao cactus cahier caillou caisse calme camion canal
canard canoa caravane carnet carotte carte castor cerise chaise chaloupe chameau champ chant
chapeau charrue chemin chemise cheval ciment citron clavier cloche clou coffre colline colombe
comptoir coquille corail corbeille corde coton couleur coussin craie crayon cuisine cuivre dattier
dauphin dessin digue disque dorade dune encre enclos enveloppe escale espace fable falaise
farine faucon fenouil fer feuille ficelle figue filet flamme fleur fleuve flotte fontaine forge
fourmi fraise gazelle genou girafe givre glace gomme goyave grain grange graine grenier
grillon guitare hamac hangar haricot herbe hibou horloge huile igname image jardin jarre jasmin
jeton jonque jour journal jupe kayak kiwi lac lagune laine lampe lanterne lapin lavande lettre
lessive levier lime livre loupe lune lyre macaron magasin maillot maison mandarine mangue marche
marteau matin melon menthe meuble miel mil mimosa miroir moisson moteur moulin mouton muguet
navire nectar neige nid noix nuage oasis ocre oignon oiseau olive ombre orage orange orge osier
outil palme panier papaye papier parasol patate pelle perle phare piano pigeon piment pinceau
pirogue planche plateau plume pluie poire poisson poivre pommier pont porte poste poterie
prairie prune puits quai radeau radio raisin rame ravin refuge rivage rocher roseau roue ruban sabot
"""
_ENGLISH: Final = """
acorn almond amber anchor antelope apple apricot apron arrow atlas autumn avocado badge bakery
balcony bamboo banana banjo baobab barley barrel basin basket beacon bean beaver bench berry
bicycle blanket blossom boat bottle branch bread breeze brick bridge bright broom brush bucket
butter button cabin cactus camel canal candle canoe canvas canyon caravan carpet carrot castle
cedar cereal chalk cherry chestnut chimney circle citrus clay clock cloud clover coast cobalt cocoa
coffee comet compass copper coral corner cotton counter cousin cradle crane crayon cricket cup
curtain cushion daisy date dawn desert dolphin donkey door dragon drum dune eagle earth echo
engine envelope estuary evening falcon farmer feather fence fern field fig finch flag flame flute
forest forge fountain fox garden garlic gate gazelle ginger giraffe glacier globe goat grain grape
grass guava guitar hammer hammock harbour harvest hazel heron hill honey horizon horse iguana
indigo island ivory jacket jasmine jar journal juice jungle kayak kettle kitchen kite kiwi ladder
lagoon lake lamp lantern laurel lemon letter library lily lime linen lizard lotus maize mango maple
marble market meadow melon millet mint mirror moon morning mosaic mountain muffin museum nectar
needle nest nutmeg oasis ocean olive onion orange orchard orchid otter oyster paddle palm papaya
paper parcel parrot peach pearl pebble pelican pencil pepper pigeon pillow pine planet plum pocket
pond poplar postcard pottery prairie prism pumpkin quarry quilt rabbit radio rain raven reef ribbon
"""
WORDS: Final = {"fr": tuple(_FRENCH.split()), "en": tuple(_ENGLISH.split())}


def first_password(language: str) -> str:
    """Four words drawn at random, joined by dashes."""
    words = WORDS.get(language, WORDS["en"])
    return "-".join(secrets.choice(words) for _ in range(4))
