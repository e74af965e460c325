"""Checks what sheets say against the documents that they cite."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.figures import figures, holds_figure, say_number, unit_family
from knowledge.sheet_errors import Problem, Spot
from knowledge.sheet_references import References
from knowledge.sheets import Amount, Duration, SheetFile, SheetSource

CALCULATION = "calcul"

_LABOUR_CODE = "code du travail"
_ARTICLE = re.compile(r"LEGIARTI\d+")
_FICHE = re.compile(r"article\d+")
_REREAD = "Relisez la source, puis corrigez la valeur ou la clé de la source."


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing sheets with their sources.

    ``counts`` holds the number of values by what was done with them; ``unverified`` says which
    could not be compared, and why.
    """

    problems: list[Problem] = field(default_factory=list)
    unverified: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def compare(files: tuple[SheetFile, ...], *, references: References) -> Comparison:
    """Compare the articles and the values of sheets with what they cite."""
    comparison = Comparison()
    for file in files:
        _compare_articles(file, references, comparison)
        for spot, value in _values(file):
            _compare_value(file, spot, value, references=references, comparison=comparison)
        for spot, text, key in _rules(file):
            _compare_rule(file, spot, text, key, references=references, comparison=comparison)
    return comparison


def _values(file: SheetFile) -> Iterator[tuple[Spot, Amount | Duration]]:
    """Yield the values of a sheet that bear a unit, and where they stand."""
    for position, duration in enumerate(file.sheet.duration):
        yield ("duration", position, "value"), duration
    for position, amount in enumerate(file.sheet.amounts):
        yield ("amounts", position, "value"), amount
    for position, each in enumerate(file.sheet.audience.age_exceptions):
        if each.age_max is not None:
            age = Duration(label=each.who, value=each.age_max, unit="ans", source=each.source)
            yield ("audience", "age_exceptions", position, "age_max"), age


def _rules(file: SheetFile) -> Iterator[tuple[Spot, str, str]]:
    """Yield the sentences of a front matter that cite a source, with its key."""
    for position, condition in enumerate(file.sheet.conditions):
        yield ("conditions", position, "text"), condition.text, condition.source
    for position, combination in enumerate(file.sheet.combination):
        yield ("combination", position, "rule"), combination.rule, combination.source
    for position, each in enumerate(file.sheet.audience.age_exceptions):
        yield ("audience", "age_exceptions", position, "who"), each.who, each.source


def _compare_articles(file: SheetFile, references: References, comparison: Comparison) -> None:
    for position, article in enumerate(file.sheet.legal_basis):
        number, _, named = article.partition(" du ")
        known = references.numbers.get(named or _LABOUR_CODE)
        if known is None:
            comparison.counts["article de loi non vérifié"] += 1
            comparison.unverified.append(
                f"{file.path.name} : {article} (code absent du paquet LEGI)"
            )
        elif number in known:
            comparison.counts["article de loi vérifié"] += 1
        else:
            comparison.problems.append(
                file.problem(
                    f"l'article {article} n'est pas en vigueur dans le paquet LEGI.",
                    "legal_basis",
                    position,
                    remedy="Corrigez le numéro, ou précisez le code (« … du code de … »).",
                )
            )


def _compare_value(
    file: SheetFile,
    spot: Spot,
    value: Amount | Duration,
    *,
    references: References,
    comparison: Comparison,
) -> None:
    source = next(each for each in file.sheet.sources if each.key == value.source)
    said = f"{value.label} : {say_number(value.value)} {value.unit}"
    parameter = _parameter(source, references)
    text = _text(source, references)
    if parameter is not None:
        where = "montants.csv"
        reason = _differs(value, source, parameter)
    elif text is not None:
        where = _kind(source)
        reason = _missing(value, source, text, references)
    elif _is_expected(source):
        where = "../shared"
        reason = f"« {said} » cite {value.source}, qui n'est pas dans ../shared"
    else:
        why = "calculée par Appui" if value.source == CALCULATION else "document local"
        comparison.counts[f"valeur non vérifiée, {why}"] += 1
        comparison.unverified.append(f"{file.path.name} : {said} ({why})")
        return
    if reason is None:
        comparison.counts[f"valeur vérifiée dans {where}"] += 1
    else:
        comparison.problems.append(file.problem(f"{reason}.", *spot, remedy=_REREAD))


def _differs(
    value: Amount | Duration, source: SheetSource, parameter: tuple[float, str]
) -> str | None:
    """Say how a value differs from the parameter it cites."""
    number, label = parameter
    expected = number * 100 if value.unit == "%" else number
    is_it = abs(expected - value.value) < 1e-9  # noqa: PLR2004  the rounding of floats
    # « Plafond pour les moins de 30 ans » : the label, too, holds figures.
    if not is_it and not holds_figure(label, value=value.value, unit=value.unit):
        return (
            f"« {value.label} » vaut {say_number(value.value)} {value.unit}, et"
            f" {say_number(expected)} dans montants.csv au {source.date}"
        )
    if isinstance(value, Amount) and value.valid_from != source.date:
        return (
            f"« {value.label} » est daté du {value.valid_from}, et du {source.date} dans"
            " montants.csv"
        )
    return None


def _missing(
    value: Amount | Duration, source: SheetSource, text: str, references: References
) -> str | None:
    """Say what of a value the text that it cites does not hold."""
    if not holds_figure(text, value=value.value, unit=value.unit):
        return (
            f"« {value.label} » : {say_number(value.value)} {unit_family(value.unit)} n'est pas"
            f" dans {source.key}"
        )
    article = references.articles.get(source.upstream_id or "")
    if article is not None and isinstance(value, Amount) and value.valid_from != article.since:
        return (
            f"« {value.label} » est daté du {value.valid_from}, et {source.key} est en vigueur"
            f" depuis le {article.since}"
        )
    return None


def _compare_rule(
    file: SheetFile,
    spot: Spot,
    rule: str,
    key: str,
    *,
    references: References,
    comparison: Comparison,
) -> None:
    source = next(each for each in file.sheet.sources if each.key == key)
    text = _text(source, references)
    if text is None:
        return
    for figure in figures(rule):
        if holds_figure(text, value=figure.value, unit=figure.unit):
            comparison.counts["chiffre d'une règle vérifié"] += 1
        else:
            said = f"{say_number(figure.value)} {figure.unit}"
            comparison.problems.append(
                file.problem(f"« {said} » n'est pas dans {key}.", *spot, remedy=_REREAD)
            )


def _parameter(source: SheetSource, references: References) -> tuple[float, str] | None:
    return references.parameters.get((source.upstream_id or "", source.date or ""))


def _text(source: SheetSource, references: References) -> str | None:
    """Return the text of the article or of the fiche that a source is."""
    upstream = source.upstream_id or ""
    article = references.articles.get(upstream)
    return article.text if article is not None else references.fiches.get(upstream)


def _kind(source: SheetSource) -> str:
    is_article = _ARTICLE.fullmatch(source.upstream_id or "") is not None
    return "un article de code" if is_article else "une fiche du ministère"


def _is_expected(source: SheetSource) -> bool:
    """Tell whether a source bears the identifier of an article, a fiche or a parameter."""
    upstream = source.upstream_id or ""
    is_parameter = "." in upstream
    return is_parameter or bool(_ARTICLE.fullmatch(upstream) or _FICHE.fullmatch(upstream))
