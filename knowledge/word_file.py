"""What every Word file of Appui has: French as its language, tables whose header is repeated."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Row


def speak_french(document: "Document") -> None:
    """Make French the language of the text: a screen reader speaks it, the spelling is its own."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    document.core_properties.language = "fr-FR"
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "fr-FR")
    document.styles["Normal"].element.get_or_add_rPr().append(spoken)


def repeat(row: "_Row") -> None:
    """Make Word write a row again at the top of each page."""
    from docx.oxml.parser import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  no other way
