"""The matrix of a consultation as the contract of ``consultation matrix --json`` says."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from knowledge.analysis import strip_accents
from knowledge.consultation.anonymity import shown
from knowledge.consultation.coded import Coded
from knowledge.consultation.matrix import Matrix, by_theme, meetings_of
from knowledge.consultation.note import Note


def matrix_json(
    matrix: Matrix, *, mask: Callable[[str], str], rejected: Sequence[Mapping[str, str]] = ()
) -> dict[str, Any]:
    """Return a matrix as the contract of ``consultation matrix --json`` says.

    Args:
        matrix: what was said.
        mask: takes personal data out of the words of a remark.
        rejected: the files that could not be read, each with its reason.
    """
    counts: dict[str, int] = defaultdict(int)
    for each in (*matrix.coded, *matrix.young):
        counts[each.remark.note.id] += 1
    return {
        "basis": basis(matrix),
        "meetings": [_meeting(note, counts[note.id]) for note in matrix.notes],
        "remarks": _said(matrix, mask, young=False),
        "themes": [_theme(theme, said, matrix) for theme, said in matrix.themes.items()],
        "isolated": [
            {"remark": each.remark.id, "theme": theme_id(each.theme)} for each in matrix.isolated
        ],
        "contradictions": [
            {
                "theme": theme_id(theme),
                "sides": [[each.remark.id for each in side] for side in sides],
            }
            for theme, *sides in matrix.contradictions
        ],
        "young_people": {
            "themes": [
                {"id": theme_id(theme), "label": theme, "meetings": len(meetings_of(said))}
                for theme, said in by_theme(matrix.young).items()
            ],
            "remarks": _said(matrix, mask, young=True),
        },
        "rejected": list(rejected),
        "duplicates": [{"file": each.note.file, "of": each.of.file} for each in matrix.duplicates],
    }


def basis(matrix: Matrix) -> str:
    """Say how much of a matrix was decided by people."""
    counted = (*matrix.coded, *matrix.young)
    accepted = sum(each.status == "accepted" for each in counted)
    if not accepted and not matrix.set_aside:
        return "propositions d'Appui, que personne n'a encore validées"
    decided, everything = accepted + len(matrix.set_aside), len(counted) + len(matrix.set_aside)
    if decided == everything:
        return "décisions des ambassadeurs sur toutes les remontées"
    return (
        f"décisions des ambassadeurs sur {decided} remontées, propositions d'Appui que personne"
        f" n'a validées sur {everything - decided}"
    )


def theme_id(label: str) -> str:
    """Return the identifier of a theme: its name in plain letters."""
    kept = (char if char.isalnum() else "-" for char in strip_accents(label).lower())
    return "-".join(filter(None, "".join(kept).split("-")))


def _said(matrix: Matrix, mask: Callable[[str], str], *, young: bool) -> list[dict[str, Any]]:
    """Return the remarks of young people or of others, those set aside too."""
    of_all = matrix.everything
    return [_remark(c, mask) for c in of_all if c.remark.note.is_of_young_people == young]


def _meeting(note: Note, remarks: int) -> dict[str, Any]:
    return {
        "id": note.id,
        "title": note.title,
        "region": note.region,
        "date": note.date,
        "format": note.shape.format,
        "public": note.public,
        "fictional": note.fictional,
        "file": note.file,
        "sha256": note.sha256,
        "remarks": remarks,
    }


def _remark(coded: Coded, mask: Callable[[str], str]) -> dict[str, Any]:
    proposal = coded.proposal
    return {
        "id": coded.remark.id,
        "meeting": coded.remark.note.id,
        "start": coded.remark.piece.start,
        "end": coded.remark.piece.end,
        "text": shown(coded.remark, mask=mask, is_exact=True),
        "type": coded.kind,
        "theme": theme_id(coded.theme),
        "polarity": coded.polarity,
        "component": coded.component,
        "profile": coded.profile,
        "status": coded.status,
        "reason": coded.reason or proposal.reason,
        "confidence": proposal.confidence,
    }


def _theme(theme: str, said: Sequence[Coded], matrix: Matrix) -> dict[str, Any]:
    return {
        "id": theme_id(theme),
        "label": theme,
        "meetings": len(meetings_of(said)),
        "regions": len({each.region for each in said if each.region}),
        "cells": {region: matrix.cell(theme, region) for region in matrix.regions},
    }
