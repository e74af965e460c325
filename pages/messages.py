"""The French words of the pages, in one place."""

from collections.abc import Sequence

from assistant.answer import Citation
from knowledge.documents import Collection, Source
from pages.dates import counted, in_words

PRIVACY = "N'écrivez ni nom, ni téléphone, ni numéro de sécurité sociale."
FICTIONAL = "Compte rendu fictif (démonstration)"
UNEXPECTED = (
    "Une erreur inattendue est survenue. Rechargez la page ; si elle revient, "
    "prévenez la personne qui a installé Appui : le détail est dans son terminal."
)
EMPTY_LIBRARY = (
    "Appui ne connaît encore aucun document. Ajoutez vos fiches, vos règlements ou vos "
    "comptes rendus : il répondra à partir d'eux, et d'eux seuls."
)
GONE = "Cette conversation n'existe plus. En voici une nouvelle."
REPAIRING = "L'index est refait à partir de vos documents : {done} passages sur {total}…"
NOT_KEPT = "La réponse est affichée mais n'a pas pu être enregistrée."
FAILED = "La question n'a pas reçu de réponse. {reason} Elle est toujours dans la zone de saisie."

WRITER_NOTE = (
    "Un modèle de langue reçoit la question, sans les données personnelles reconnues, et les "
    "passages trouvés. Ce qu'il écrit n'est affiché qu'une fois vérifié dans les sources."
)
WRITING = "Rédaction en cours : chaque phrase s'affiche une fois vérifiée…"
INTERRUPTED = "La rédaction a été interrompue."
_WRITERS = {
    "none": "Appui, sans modèle de langue",
    "ollama": "{model}, sur cette machine",
    "gguf": "{model}, sur cette machine",
    "openai": "{model}, sur le serveur configuré",
    "mistralai": "{model}, chez Mistral",
}

COLLECTIONS: dict[Collection, str] = {
    "dispositifs": "Dispositifs",
    "consultation": "Consultation",
    "local": "Documents locaux",
}

EVERYWHERE = "Toutes les collections"

KINDS = {
    "pdf": "PDF",
    "docx": "Document Word",
    "odt": "Document OpenDocument",
    "html": "Page web",
    "fiche dispositif": "Fiche dispositif",
    "article": "Article de loi",
    "markdown": "Texte",
    "md": "Texte",
    "text": "Texte",
    "txt": "Texte",
    "csv": "Tableau",
    "xlsx": "Tableau",
}

EXAMPLES: dict[str, tuple[Collection, tuple[str, str]]] = {
    "Un dispositif": (
        "dispositifs",
        (
            "Combien touche un jeune en CEJ ?",
            "Qui peut entrer à l'école de la deuxième chance ?",
        ),
    ),
    "Une démarche": (
        "dispositifs",
        (
            "Qui signe la convention de PMSMP ?",
            "À quel âge peut-on entrer en apprentissage ?",
        ),
    ),
    "La consultation": (
        "consultation",
        (
            "Qu'attendent les professionnels du futur système d'information ?",
            "Que dit-on de la double saisie ?",
        ),
    ),
}


def writer(name: str) -> str:
    """Say in words who writes, from the name of a model: « mistral-small, chez Mistral »."""
    kind, _, model = name.partition(":")
    return _WRITERS[kind].format(model=model.rsplit("/", 1)[-1])


def what_is_known(sources: Sequence[Source]) -> str:
    """Say in one sentence what the assistant knows: « Appui connaît 48 fiches dispositifs… »."""
    sheets = sum(source.collection == "dispositifs" for source in sources)
    notes = [source for source in sources if source.collection == "consultation"]
    local = sum(source.collection == "local" for source in sources)
    parts = []
    if sheets:
        parts.append(counted(sheets, "fiche ou texte sur les dispositifs", _SHEETS))
    if notes:
        parts.append(_meeting_notes(notes))
    if local:
        parts.append(counted(local, "document local", "documents locaux"))
    return f"Appui répond à partir de {_enumerated(parts)}, et cite toujours ses sources."


_SHEETS = "fiches et textes sur les dispositifs"


def _meeting_notes(notes: Sequence[Source]) -> str:
    said = counted(len(notes), "document de la consultation", "documents de la consultation")
    fictional = sum(source.fictional for source in notes)
    if fictional == len(notes):
        return f"{said} (fictifs)" if fictional > 1 else f"{said} (fictif)"
    if fictional:
        return f"{said} (dont {counted(fictional, 'fictif', 'fictifs')})"
    return said


def _enumerated(parts: Sequence[str]) -> str:
    if len(parts) > 1:
        return ", ".join(parts[:-1]) + " et " + parts[-1]
    return "".join(parts)


def sources_line(citations: Sequence[Citation]) -> str:
    """Say where an answer comes from and how old that is: « 2 sources · la plus récente : … »."""
    count = counted(len({citation.document_id for citation in citations}), "source")
    dates = sorted((c.date, c.date_meaning or "") for c in citations if c.date)
    if not dates:
        return f"{count} · sans date"
    if len({citation.document_id for citation in citations}) == 1:
        return f"{count} · {dated(citations[0].date, citations[0].date_meaning)}"
    date, meaning = dates[-1]
    # A day of checking is not the date of what is said: it is named as such.
    said = dated(date, meaning) if meaning.startswith("vérifié") else in_words(date)
    return f"{count} · la plus récente : {said}"


def dated(date: str | None, meaning: str | None) -> str:
    """Say a date with what it means: « mis à jour le 1er avril 2025 »."""
    if not date:
        return "sans date"
    return f"{meaning or 'daté du'} {in_words(date)}"


def validity(valid_from: str | None, valid_until: str | None) -> str | None:
    """Say in which period a text is in force, or nothing when it does not say."""
    if valid_from and valid_until:
        return f"en vigueur du {in_words(valid_from)} au {in_words(valid_until)}"
    if valid_from:
        return f"en vigueur depuis le {in_words(valid_from)}"
    if valid_until:
        return f"en vigueur jusqu'au {in_words(valid_until)}"
    return None


def kind_name(kind: str) -> str:
    """Return the French name of a kind of document."""
    return KINDS.get(kind.lower(), kind)
