"""Hurried and spoken French, as it is typed, brought to the words that documents use."""

import re
from collections.abc import Callable

# One spoken or shortened form, then what documents say; an empty right side drops the word.
_FORMS = dict(
    line.split(":")
    for line in """
slt:
bjr:
bsr:
svp:
stp:
mdr:
cb:combien
kombien:combien
koi:quoi
ki:qui
ke:que
kel:quel
kelle:quelle
cmt:comment
pk:pourquoi
pkoi:pourquoi
pq:pourquoi
qd:quand
kan:quand
kand:quand
qqn:quelqu'un
qqun:quelqu'un
qqch:quelque chose
qqchose:quelque chose
bcp:beaucoup
pr:pour
tps:temps
ya:y a
tt:tout
tjs:toujours
tjrs:toujours
ds:dans
pdt:pendant
ptit:petit
mnt:maintenant
max:maximum
maxi:maximum
mini:minimum
nb:nombre
diff:différence
alloc:allocation
allocs:allocations
gratif:gratification
doc:document
docs:documents
rdv:rendez-vous
appart:logement
appartement:logement
coloc:colocation
boulot:travail
job:emploi
jobs:emplois
taf:travail
taff:travail
bosser:travailler
bosse:travaille
bosses:travailles
bossé:travaillé
bossés:travaillés
patron:employeur
boss:employeur
boite:entreprise
boîte:entreprise
thune:argent
thunes:argent
fric:argent
balles:euros
gratos:gratuit
proprio:propriétaire
mutuelle:complémentaire santé
bagnole:voiture
gosse:enfant
gosses:enfants
gamin:enfant
bébé:enfant
bebe:enfant
maman:mère
papa:père
daron:parent
daronne:parent
darons:parents
célib:isolé
celib:isolé
solo:isolé
asso:association
ft:France Travail
ml:mission locale
dept:département
restau:restaurant
resto:restaurant
fac:université
bac:baccalauréat
""".strip().splitlines()
)
_WORD = re.compile(r"[\w’'-]+")
_JOINED = re.compile(r"^([ldjsmtnc])(?=[aeiouyhàâéèêîôû])", re.IGNORECASE)


def spell_out(text: str, *, is_known: Callable[[str], bool]) -> str:
    """Return a question with its hurried words replaced by those that documents use.

    An article glued to its word (« lalloc », « lepide ») is cut off when the documents know the
    rest and not the whole.

    Args:
        text: the question.
        is_known: tells whether some document holds a word.
    """

    def replace(match: re.Match[str]) -> str:
        word = match.group()
        form = _FORMS.get(word.lower())
        if form is not None:
            return form
        joined = _JOINED.match(word)
        if joined is None or is_known(word):
            return word
        rest = word[1:]
        form = _FORMS.get(rest.lower(), rest)
        return f"{word[0]}'{form}" if is_known(form) else word

    return " ".join(_WORD.sub(replace, text).split())
