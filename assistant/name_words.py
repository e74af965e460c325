"""The words that tell a name from what is none: known first names, ordinary words, titles' own."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import ascii_lowercase

from knowledge.analysis import strip_accents

_DATA = Path(__file__).parent / "data"
_ONLY_BEFORE_A_NAME = " +"

PARTICLES = frozenset("de du d da do dos el al van von den der le la".split())
# These are names too: « Karim Ben », « Youssef ben Salah ».
FOREIGN_PARTICLES = frozenset("ben ait ould abd abou bint".split())
# A place, a law or a school that bears a name is public.
BEARS_A_NAME = frozenset(
    """rue avenue boulevard place quai square allee impasse lycee lycees college ecole cfa mfr foyer
    hopital universite campus institut association fondation espace residence centre maison loi
    rapport plan dispositif programme prix saint sainte st ste lep cite stade aeroport port mont
    secours mission locale ville commune antenne site fete fetes
    gare pont tour port marche musee stade parc cours bourse""".split()
)
# Words with a capital that belong to no name: bodies, schemes, questions, titles.
ORDINARY = frozenset(
    """mme mlle melle mr dr me accompagnement action actions adulte adultes agence agglomeration
    aide aides alors alternance
    apprentissage apres association assurance atelier avec avenir bac banque bonjour bonsoir bourse
    cap caisse carte ce centre cet cette chantier civique combien comment communaute commune
    competence competences conge conseil conseiller conseillere contrat contrats convention cours
    departement departemental dispositif dossier droit droits ecole elle emploi emplois engagement
    entreprise entreprises erasmus est et etat etudiant europe faut fiche financement fonds
    formation formations france garantie habitat ile il insertion je jeune jeunes la le les
    locale locales logement ma madame mairie maison majeur maximum maximale merci metropole mineur
    minimum ministere mission missions mobilite mobili-jeune mobili-pass mon monsieur nationale
    national nord on ou pacte parcours pas passeport pass peut pix plan plateforme plus pole pour
    pourquoi prefet prefecture prepa prestation prime pro professionnel professionnelle programme
    projet qualification quand que quel quelle quelles quels question qui quoi reconnaissance
    region regional rendez-vous ressources revenu sa sante securite service services si social
    sociale solidarite son stage sud tel titre travail un une universite urgent vae veut ville
    visale volontaire volontariat alpes bretagne normandie occitanie corse loire guadeloupe
    martinique guyane mayotte reunion janvier fevrier mars avril mai juin juillet aout septembre
    octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche""".split()
)
# What follows a civility that no name follows, without accents: « mme veut », « madame enceinte ».
NO_NAME_AFTER_TITLE = frozenset(
    """a ai as au aux et ou mais donc or car ni est sont etait sera serait soit n ne m me s se l les
    un une des en y dans sur sous sans avec pour pr par chez vers depuis pendant apres avant contre
    entre selon d qui que qu dont quand comment combien pourquoi si il elle on ils elles je j tu
    nous vous ce cette ces cet ca c mon ma mes son sa ses leur leurs notre votre tout toute tous
    aussi alors deja encore toujours jamais pas plus moins tres trop bien mal seul seule non oui
    ici peut-elle peut-il veut-elle veut-il a-t-elle a-t-il est-elle est-il doit-elle doit-il rdv
    veut peut doit va vient vit dit fait faire demande souhaite cherche habite travaille touche
    percoit recoit gagne avait aura aurait arrive part sort entre revient refuse accepte signe
    envoie attend pense croit sait connait voudrait pourrait devrait reste quitte perd dort mange
    eleve paie paye loge demenage beneficie rencontre suit prend donne met tient parle appelle
    rappelle passe finit termine commence continue arrete commencera passera viendra sollicite
    enceinte malade mineur mineure majeur majeure handicape veuf veuve celibataire etranger
    etrangere francais francaise allophone inscrit inscrite suivi suivie beneficiaire allocataire
    demandeur demandeuse salarie salariee retraite sdf rsa rqth aah cej pacea ayant concerne
    hebergee heberge isole isolee agee age mariee divorcee separee nee connue licenciee accompagnee
    cher chers chere maire ministre prefet prefete president presidente directeur directrice
    conseiller conseillere juge procureur proviseur principal employeur tuteur tutrice""".split()
)


@cache
def first_names() -> dict[str, bool]:
    """Return the known first names, and whether each may be masked without a surname."""
    return dict(_read_first_names())


@cache
def common_words() -> frozenset[str]:
    """Return the ordinary words of French, as sheets and laws write them, without accents."""
    return frozenset(_lines("mots-courants.txt"))


def is_misspelt(word: str) -> bool:
    """Tell whether one letter more, less, changed or swapped makes a common word of this one."""
    said = plain(word)
    parts = [(said[:at], said[at:]) for at in range(len(said) + 1)]
    return not common_words().isdisjoint(
        {
            edited
            for left, right in parts
            for edited in (
                left + right[1:],
                left + right[1:2] + right[:1] + right[2:],
                *(left + letter + right[skip:] for letter in ascii_lowercase for skip in (0, 1)),
            )
        }
    )


def plain(word: str) -> str:
    """Return a word as the lists have it: in lower case, without accents."""
    return strip_accents(word.lower())


def _read_first_names() -> Iterator[tuple[str, bool]]:
    for line in _lines("prenoms.txt"):
        name = line.removesuffix(_ONLY_BEFORE_A_NAME)
        yield name, name == line


def _lines(name: str) -> Iterator[str]:
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line
