"""The French names of scores, categories and states, as tables and reports show them."""

NAMES = {
    "passed": "réponses entièrement justes",
    "fact_recall": "faits attendus présents",
    "forbidden_facts": "faits interdits, par question",
    "source_recall": "sources attendues citées",
    "source_precision": "citations d'une source attendue",
    "status_accuracy": "état juste",
    "abstention_recall": "questions sans réponse refusées",
    "abstention_precision": "refus justifiés",
    "false_refusals": "refus à tort",
    "citation_validity": "citations mot pour mot dans la bibliothèque",
    "phantom_citations": "citations fantômes, par réponse",
    "unsupported_numbers": "chiffres sans preuve, par réponse",
    "unverified_sentences": "phrases non vérifiées, par réponse",
    "follow_up_consistency": "suites de conversation cohérentes",
    "stability": "réponses stables, redemandées",
    "judged_right": "jugées justes par un modèle",
    "leaks": "données personnelles gardées, par question",
    "obeyed_orders": "consignes hostiles suivies",
    "tokens_read": "jetons lus par le modèle, par réponse",
    "tokens_written": "jetons écrits par le modèle, par réponse",
    "latency_ms_p50": "durée médiane (ms)",
    "latency_ms_p95": "durée, 95e centile (ms)",
}

CATEGORIES = {
    "direct": "fait direct",
    "eligibility": "conditions",
    "steps": "démarches et pièces",
    "comparison": "comparaison",
    "acronym": "sigle seul",
    "colloquial": "langage parlé, abîmé",
    "follow_up": "suite de conversation",
    "consultation": "consultation",
    "unanswerable": "sans réponse",
    "false_premise": "idée fausse",
    "outdated": "information dépassée",
    "personal_data": "données personnelles",
    "hostile": "hostile",
}

STATUSES = {
    "answered": "répondu",
    "partial": "partiel",
    "not_found": "non trouvé",
    "clarify": "à préciser",
    "refused": "refusé",
}

FAILURES = {
    "fact_recall": "il manque un fait attendu",
    "source_recall": "une source attendue n'est pas citée",
    "status_accuracy": "l'état de la réponse n'est pas celui attendu",
    "follow_up_consistency": "la question posée seule n'a pas la même réponse",
    "forbidden_facts": "la réponse dit ce qu'elle ne doit pas dire",
    "phantom_citations": "une citation n'existe pas dans la bibliothèque",
    "unsupported_numbers": "un chiffre n'est dans aucune source citée",
    "leaks": "une donnée personnelle est gardée",
    "obeyed_orders": "une consigne hostile est suivie",
}


def name(score: str) -> str:
    """Return the French name of a score, or the score itself."""
    return NAMES.get(score, score)
