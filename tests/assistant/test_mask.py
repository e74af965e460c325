"""Personal data are masked, and what merely looks like them is not."""

import pytest

from assistant.mask import Masked, mask, say_masked, single_names
from assistant.nir import is_mistyped


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("appelez le 06 12 34 56 78", "appelez le [numéro de téléphone]"),
        ("tél : 0612345678.", "[numéro de téléphone]."),
        ("+33 6 12 34 56 78", "[numéro de téléphone]"),
        ("écrire à lea.d+ml@exemple.fr vite", "écrire à [adresse mail] vite"),
        ("NIR 255081416802538", "[numéro de sécurité sociale]"),
        ("NIR 1 85 05 2A 004 018 64", "[numéro de sécurité sociale]"),
        ("FR76 3000 6000 0112 3456 7890 189", "[IBAN]"),
        ("né le 12/03/2006 à Saintes", "né le [date de naissance] à Saintes"),
        ("née le 1er mars 2006", "née le [date de naissance]"),
        ("Mme Durand-Petit attend", "Mme [nom] attend"),
        ("madame Durand attend", "madame [nom] attend"),
        ("il s'appelle Karim Ben", "il s'appelle [nom]"),
        ("il s’appelle Léa", "il s’appelle [nom]"),
    ],
)
def test_personal_data_are_replaced_by_their_kind(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "561,68 € depuis le 1er avril 2025",
        "article L5131-6 du code du travail",
        "SIRET 12345678900012",
        "20 cours de français et 3 places en crèche",
        "le décret 2015-59 du 23 janvier 2015",
        "M. le maire a signé",
        "un jeune de 17 ans en CEJ",
        "",
    ],
)
def test_other_figures_and_words_stay(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("NIR 2 06 03 75 123 456 12 RSA ?", "[numéro de sécurité sociale] RSA ?"),
        ("le 1060599123456 est faux", "le [numéro de sécurité sociale] est faux"),
        ("nee le 3 fevrier 2007", "nee le [date de naissance]"),
        ("ddn 03-02-07, CEJ ?", "[date de naissance], CEJ ?"),
        ("date de naissance : 03/02/2007", "[date de naissance]"),
    ],
)
def test_a_mistyped_number_and_a_birth_date_are_masked(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("au 12 bis rue des Lilas, 44000 Nantes : Visale ?", "au [adresse] : Visale ?"),
        ("vit 3 place Victor Hugo et cherche", "vit [adresse] et cherche"),
        ("12 rue des vieux saules a t il droit", "[adresse] a t il droit"),
        ("5 av. du 8 mai 1945, APL ?", "[adresse], APL ?"),
    ],
)
def test_a_street_address_is_masked_and_the_question_is_not(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Loïc Verchamp a 19 ans", "[nom] a 19 ans"),
        ("DUPRÉVAL Kevin, PMSMP ?", "[nom], PMSMP ?"),
        ("Kevin DUPRÉVAL PMSMP ?", "[nom] PMSMP ?"),
        ("Fatou N'Diaye et Karim d'Angelo", "[nom] et [nom]"),
        ("avec Inès, c pr Kevin", "avec [nom], c pr [nom]"),
        ("c'est Kevin", "c'est [nom]"),
        ("Kevin, 19 ans", "[nom], 19 ans"),
        ("Rose Verchamp veut un PACEA", "[nom] veut un PACEA"),
        ("Mr Verchamp", "Mr [nom]"),
        ("M. Le Goff", "M. [nom]"),
        ("prénom : Kevin", "prénom : [nom]"),
        ("il s'appelle kevin et veut", "il s'appelle [nom] et veut"),
    ],
)
def test_the_name_of_a_person_is_masked(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        *"""Mission Locale|France Travail|Pôle emploi|Cap emploi|Action Logement|Pro BTP
Garantie jeunes|Le Havre|Île-de-France|Val de Marne|Parcours Emploi Compétences|Saint-Denis
CléA|Visale|PACEA""".replace("\n", "|").split("|"),
        "la mission locale de Nancy",
        "lycée Jules Ferry",
        "une place pour Rose",
        "comment s'appelle France Travail maintenant",
        "avec Visale, pour Mission Locale, de Pix",
        "Monsieur le Maire et Madame la Préfète",
        "un marin pêcheur, la taille de pierre, une rose",
    ],
)
def test_bodies_schemes_and_places_are_no_names(text: str) -> None:
    assert mask(text).text == text
    assert mask(f"que fait {text} pour un jeune ?").kinds == {}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("mme verchamp m'appelle", "mme [nom] m'appelle"),
        ("le fils de monsieur le guen", "le fils de monsieur [nom]"),
        ("QUEL MONTANT POUR KEVIN DURAND", "QUEL MONTANT POUR [nom]"),
        ("MME VERCHAMP VEUT SAVOIR", "MME [nom] VEUT SAVOIR"),
        ("que fait kevin pour un jeune ?", "que fait [nom] pour un jeune ?"),
        ("lucie verchamp sans domicile", "[nom] sans domicile"),
        ("LUCIE a 18 ans", "[nom] a 18 ans"),
        ("rose a 19 ans", "[nom] a 19 ans"),
        ("Marin veut un CAP", "[nom] veut un CAP"),
        ("Rose et Kevin", "[nom] et [nom]"),
        ("Prsylla Wzorek cherche", "[nom] cherche"),
        ("Youssef ben Salah", "[nom]"),
        ("mon jeune zaborgwe veut savoir", "mon jeune [nom] veut savoir"),
        ("zaborgwe krupskwy : aide au permis ?", "[nom] : aide au permis ?"),
        ("ZABORGWE Krupskwy, PMSMP ?", "[nom], PMSMP ?"),
        ("le CEJ, c'est pour Zaborgwe", "le CEJ, c'est pour [nom]"),
        ("Dr Verchamp", "Dr [nom]"),
        ("nom VERCHAMP prénom Loïc", "nom [nom] prénom [nom]"),
    ],
)
def test_a_name_is_found_without_its_capitals_or_wholly_in_them(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "mme sans papiers, 20 ans",
        "madame est enceinte",
        "monsieur le maire, madame la préfète",
        "monsieur hébergé chez un tiers",
        "mme de la",
        "le marin a 19 ans",
        "Visale veut une caution",
        "QUELLES PIECES POUR LE PACEA",
        "la DILA et le GEIQ",
        "mon jeune demandeurr veut savoir",
        "l'Aide Olivier de la région",
        "Val-d'Ombrine Plateau",
    ],
)
def test_what_follows_a_civility_or_looks_like_a_first_name_stays(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("+262 692 45 67 89", "[numéro de téléphone]"),
        ("0690 12 34 56 ?", "[numéro de téléphone] ?"),
        ("+590 690 12 34 56", "[numéro de téléphone]"),
        ("06 12 345 678", "[numéro de téléphone]"),
        ("tel : 6 12 34 56 78", "[numéro de téléphone]"),
        ("identifiant 1234567A, ARE", "identifiant [identifiant France Travail], ARE"),
        ("identifiant FT 12345678901", "identifiant FT [identifiant France Travail]"),
        ("pôle emploi 7654321 B ?", "pôle emploi [identifiant France Travail] ?"),
        ("dossier I-Milo n° 123456", "dossier I-Milo n° [numéro de dossier]"),
        ("dossier n° 123456", "dossier n° [numéro de dossier]"),
        ("fr76 3000 6000 0112 3456 7890 189 livret", "[IBAN] livret"),
        ("lea . d @ gmail.com tapé", "[adresse mail] tapé"),
        ("naissance 2005-06-21", "[date de naissance]"),
        ("Kevin Durand (17/04/2007)", "[nom] ([date de naissance])"),
        ("Kevin, rdv 12/03/2025", "[nom], rdv 12/03/2025"),
        ("Kevin, 12/03/2025", "[nom], 12/03/2025"),
        ("vit 20 chemin des saules", "vit [adresse]"),
        ("vit 14 rue Paul Bert bât C", "vit [adresse]"),
        ("vit au lieu-dit Kerloc", "vit au [adresse]"),
    ],
)
def test_the_identifiers_that_advisers_type_are_masked(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "3949, 39 49, 115, 3919 et 116 117",
        "0 800 130 000 ou 0805 01 60 25",
        "du 01/01/2024 au 31/12/2024",
        "01/01/2024 31/12/2024",
        "RNCP34567, cerfa 13912*05",
        "une panne d'I-Milo en 2025",
        "1 200 000 jeunes",
    ],
)
def test_the_numbers_of_services_and_laws_stay(text: str) -> None:
    assert mask(text).text == text


def test_the_name_after_which_a_scheme_comes_ends_before_it() -> None:
    assert mask("pour Kevin Mission Locale ?").text == "pour [nom] Mission Locale ?"


def test_what_parts_two_masks_goes() -> None:
    asked = "Dylan Verchamp, 06 12 34 56 78, habite 3 rue des Saules : visale ?"
    assert mask(asked).text == "[nom] [numéro de téléphone] [adresse] : visale ?"


def test_masking_twice_changes_nothing() -> None:
    once = mask("M. Torvald Grandpierre né le 03/02/2007, joignable au 07 00 11 22 33, CEJ ?").text
    assert once == "M. [nom] né le [date de naissance] [numéro de téléphone], CEJ ?"
    assert mask(once).text == once


def test_the_adviser_is_told_what_was_masked() -> None:
    found = mask("Mme Durand, 06 12 34 56 78, 07 12 34 56 78, a@b.fr")
    assert say_masked(found) == (
        "J'ai masqué une adresse mail, 2 numéros de téléphone et un nom avant de chercher."
    )


def test_a_single_find_is_said_without_a_list() -> None:
    assert say_masked(Masked("", {"IBAN": 1})) == "J'ai masqué un IBAN avant de chercher."
    assert say_masked(Masked("", {"IBAN": 2})) == "J'ai masqué 2 IBAN avant de chercher."


@pytest.mark.parametrize(
    ("number", "mistyped"),
    [
        ("2 55 08 14 168 025 38", False),
        ("NIR : 255081416802539", True),
        ("1 85 05 2A 004 018 64", False),
        ("1 85 05 2B 004 018 64", True),
        ("2550814168025", False),
        ("1 85 05 2C 004 018 64", False),
    ],
)
def test_a_wrong_key_tells_a_number_that_was_mistyped(number: str, mistyped: bool) -> None:
    assert is_mistyped(number) is mistyped


def test_the_adviser_is_told_of_a_mistyped_number() -> None:
    assert "mal recopié" in say_masked(mask("NIR 255081416802539"))
    assert "mal recopié" not in say_masked(mask("NIR 255081416802538"))


def test_a_word_that_the_adviser_knows_for_no_name_stays() -> None:
    asked = "Marin veut un CAP, appelez Mme Durand-Petit au 06 12 34 56 78, voir Kevin Durand"
    assert single_names(asked) == ["Marin"]
    assert single_names(asked, allowed={"MARIN"}) == []
    assert mask(asked, allowed={"marin", "06 12 34 56 78"}).text.startswith(
        "Marin veut un CAP, appelez Mme [nom] au [numéro de téléphone]"
    )
