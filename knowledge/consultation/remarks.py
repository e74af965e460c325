"""Finds the remarks of a note: what was said of the tools and of the work, and nothing else."""

import re
from dataclasses import dataclass
from hashlib import sha256

from knowledge.analysis import strip_accents
from knowledge.consultation.kinds import Part, is_silent, part_said
from knowledge.consultation.logistics import is_of_the_meeting, logistics_in
from knowledge.consultation.note import Note
from knowledge.consultation.pieces import Piece
from knowledge.consultation.speakers import leads
from knowledge.consultation.tone import tone_of
from knowledge.consultation.wishes import is_against
from knowledge.themes import themes_in

_SHORTEST = 12
_LONGEST_QUESTION = 6
_FEW_WORDS = 4
# What a story under no title must have to be a remark: words, and no more of the meeting than this.
_TOLD_WORDS, _TOLD = 8, 0.4
# Words that may be of the meeting are not, where all else reads as a remark.
_SURELY_SAID = 0.2
# « publi-⏎cité »
_CUT = re.compile(r"(?<=\w)-\n\s*(?=\w)")
# What tells of the meeting itself and not of what was said in it.
_OF_THE_MEETING = re.compile(
    r"^\W*(?:l'|une? |la |le )?(?:animat|ambassad|facilitat|moderat)\w+\W* ?:"
    r"|n'(?:a|ont) (?:pas |jamais )?(?:ete |pu etre )?(?:pas ete |pas pu etre )?"
    r"(?:traite|aborde|evoque)|personne n'(?:a|en a) (?:pris|reagi|rien|parle|dit)"
    r"|aucune (?:objection|remarque|reaction|question)|pas (?:de|eu de) (?:reaction|remarque)"
    r"|faute de temps|^rien d'autre|^ras\W*$|^ras (?:sur|pour) le reste"
    r"|\bprevue?s?, (?:pas|non) (?:traite|aborde|evoque)"
    r"|\bnon traite|\breporte\w*, faute\b|\bpoint suivant\b|\bpas ete ouvert\b|\bsilence dans\b"
    r"|^\W*(?:demande|dit|rappelle|ajoute|repond) l'anim\w+|^envoi d|^question d|^notes? prises?\b"
    r"|^(?:le )?compte[ -]rendu\b(?! d'(?:un )?entretien)|^photos? du (?:paper|tableau)"
    r"|^\W*a faire ?:|^\W*questions? (?:posee|sans|notee)|\bdemand\w+ (?:a quelle?|quand|qui e)"
    r"|\?\W+(?:pas de reponse|personne ne (?:sait|savait))"
    r"|^\W*(?:note|document|reunion|seance|groupe|recit|releve|\w+ et \w+)s? fictif|fictives?\W*$"
    r"|^prochaine (?:reunion|etape)"
    r"|\b(?:debut|fin|reprise|cloture|ouverture|seance|demarrage)\b[\w ]{0,20}\b(?:a|vers|de)?"
    r" ?\d{1,2} ?h|l'(?:animat|ambassad)\w+ (?:rappelle|presente|demande|ouvre|remercie|propose"
    r"|relance|precise|explique|fait|note|cloture|conclut)"
)
# The same in running text, or where nothing above says that opinions follow.
_MAYBE_OF_THE_MEETING = re.compile(
    r"\ba confirmer\b|\bechanges (?:ont ete|etaient|furent)\b|\bpas eu le temps\b|\bdes presents\b"
    r"|\bquestions? a poser\b|\bnotes? prises?\b|\bcompte[ -]rendu\b(?! d')"
    r"|\bprochaine (?:reunion|etape|rencontre|date|seance)"
    r"|\bexcuse[es]*\b|\b(?:sera|seront) (?:envoye|transmis|diffuse|communique|organise)"
    r"|^merci (?:a|aux|de|pour)|\btour de table\b|\bpause\b|\brepas\b|\bcafe (?:offert|d'accueil)"
    r"|\bviennoiseries\b|\bparking\b|\bvideoprojecteur\b|\boffert\w*|\binvente\w*\b"
    r"|(?<!hors )\bordre du jour\b|\breunions? (?:se sont|ont ete|etaient|avaient)"
    r"|\b(?:je|nous) (?:vais|allons|suis|sommes) |\bje (?:m'|me )|\bla parole (?:est|a ete) "
    r"|\brelu\b|\bdeplacements? rembourse|\bcovoiturage|\bnon notes\b"
)
_COUNTED = re.compile(
    r"^\W*(?:\d+|(?:vingt-|trente-)?(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze"
    r"|treize|quatorze|quinze|seize)|vingt|trente)(?: \w+){0,2} (?:presents?|presentes?|inscrits?"
    r"|connecte\w*|personnes?|participant\w*|professionnels?|jeunes|conseillers?)\b"
    r"(?! (?:n'|ne |en |veul|souhait|demand|dis|trouv|propos|sont contre))"
    r"|^\W*(?:petit|grand) groupe|^\W*reunion d|^\W*salle\b"
    r"|^\W*(?:etaient )?presents? :|^\W*participants? :|^\W*animat\w+ :|^\W*lieu :|^\W*duree :"
)
# What asks, wishes, fears or judges, where nothing above a sentence says that opinions follow.
_OPINION = re.compile(
    r"\bbesoins?\b|\battentes?\b|\battend\w*|\bsouhait\w+|\bvoudr\w+|\baimer\w+|\bfaudrait\b"
    r"|\bil faut\b"
    r"|\bdevrait\b|\bdemand\w+|\bpropos\w+|\bcrain\w+|\binterrogations?\b|\binquiet\w*|\benvie\b"
    r"|\bmoins (?:en moins )?pratique|\bappui\b|\bgagner du temps\b|\bpourrait\b|\bconvergen\w+"
    r"|\bsensiblement les memes\b|\bespere\w*|\bregrett\w+"
)
_OF_THE_TOOLS = re.compile(
    r"\bsysteme|\blogiciel|\boutil|\bi-?milo\b|\bsi\b|\bintelligence artificielle\b|\bia\b"
    r"|\bpour les conseillers\b|\battentes\b|\becran|\bsaisi\w+|\bnumerique|\bapplication"
)
_QUOTED = re.compile(r"«([^»]*)»")
# « Mme Arnaud (CIP) : … », « Directrice : Je souhaite… »: the turn of somebody who speaks.
_TURN = re.compile(
    r"(?:(?:M\.|Mme|Mlle|Une?|La|Le) [\w' -]{2,30}|[A-ZÉÈÂ][\w-]{1,20}(?: [A-ZÉ][\w.-]*)?)"
    r"(?: ?\([^()]{2,40}\))? ?: (?=\W*[A-ZÉÈÀÇ])"
)


@dataclass(frozen=True, slots=True)
class Remark:
    """What was said at a place of a note; ``part`` is what stands above it says of it."""

    note: Note
    piece: Piece
    part: Part | None

    @property
    def text(self) -> str:
        """The exact words of the note."""
        return self.note.text[self.piece.start : self.piece.end]

    @property
    def said(self) -> str:
        """The words on one line, those that a line end had cut joined again."""
        return " ".join(_CUT.sub("", self.text).split())

    @property
    def id(self) -> str:
        """An identifier that depends on the note and on the words alone, not on their place."""
        key = f"{self.note.id}|{self.said}"
        return f"{self.note.id}-{sha256(key.encode()).hexdigest()[:8]}"


def remarks_of(note: Note) -> list[Remark]:
    """Return the remarks of a note, in reading order."""
    return [remark for remark, is_one in _read(note) if is_one]


def passed_over(note: Note) -> list[Remark]:
    """Return the sentences of a note that were not taken for remarks, in reading order."""
    return [remark for remark, is_one in _read(note) if not is_one]


def _read(note: Note) -> list[tuple[Remark, bool]]:
    """Return all sentences of a note, each with whether it is a remark."""
    parts = [_part_of(piece, note) for piece in note.pieces]
    is_bare = not any(parts) and not any(piece.above for piece in note.pieces)
    is_structured = any(parts) or any(piece.kind for piece in note.pieces) or bool(note.region)
    return [
        (
            Remark(note, piece, part),
            _is_remark(piece, part, note=note, is_structured=is_structured, is_bare=is_bare),
        )
        for piece, part in zip(note.pieces, parts, strict=True)
    ]


def _part_of(piece: Piece, note: Note) -> Part | None:
    """Return the part of the meeting, of what stands nearest above a piece or opens it."""
    said = note.text[piece.start : piece.end]
    opening = re.match(r"[^:.«]{3,40}(?= ?:)", said)
    over = [title for title in piece.above[::-1] if may_be_a_part(title)]
    return next(filter(None, map(part_said, ([opening[0]] if opening else []) + list(over))), None)


def may_be_a_part(title: str) -> bool:
    """Tell whether a title may name a part: a whole question is asked, not answered, by it."""
    return not title.endswith("?") or len(title.split()) <= _LONGEST_QUESTION


def _is_remark(
    piece: Piece, part: Part | None, *, note: Note, is_structured: bool, is_bare: bool
) -> bool:
    """Tell whether a piece was said: no question, no logistics, nothing on the meeting itself.

    In a note without any title, what judges one of the themes was said.
    """
    said = " ".join(note.text[piece.start : piece.end].split())
    plain = strip_accents(said).lower().replace("’", "'")
    if said.endswith(("?", ":")) or len(said) < _SHORTEST or any(map(is_silent, piece.above)):
        return False
    if piece.speaker and (leads(piece.speaker) or _only_agrees(said)):
        return False
    if piece.kind or _OF_THE_MEETING.search(plain):
        return not _OF_THE_MEETING.search(plain)
    is_quoted = "«" in said or said.rstrip(" .").endswith(")")
    if not is_quoted and is_of_the_meeting(_TURN.sub("", said, count=1), is_prose=piece.is_prose):
        return False
    may_be = not (part and not piece.is_prose) and bool(_MAYBE_OF_THE_MEETING.search(plain))
    if (may_be and logistics_in(said) >= _SURELY_SAID) or _counts_people(said, plain):
        return False
    has_place = part or piece.above or piece.speaker or not piece.is_prose or _TURN.match(said)
    return (
        (is_structured and bool(has_place))
        or (bool(note.region) and _is_told(said))
        or (is_bare and _judges(said))
        or bool(_OPINION.search(plain) and _OF_THE_TOOLS.search(plain))
    )


def _only_agrees(said: str) -> bool:
    """Tell whether a turn is too short to say anything by itself: « Tout à fait. »."""
    return len(said.split()) <= _FEW_WORDS and not themes_in(said)


def _is_told(said: str) -> bool:
    """Tell whether a sentence of a story under no title reads as what somebody said.

    Of a quotation, the words of whoever is quoted tell it.
    """
    quoted = [words for words in _QUOTED.findall(said) if len(words.split()) >= _TOLD_WORDS]
    return len(said.split()) >= _TOLD_WORDS and min(map(logistics_in, [said, *quoted])) < _TOLD


def _judges(said: str) -> bool:
    """Tell whether words praise, complain or refuse, and name a theme."""
    return bool(themes_in(said)) and (bool(tone_of(said).score) or is_against(said))


def _counts_people(said: str, plain: str) -> bool:
    """Tell whether a sentence only says who was there."""
    is_opinion = bool(themes_in(said)) and bool(tone_of(said).score)
    return bool(_COUNTED.search(plain)) and not is_opinion
