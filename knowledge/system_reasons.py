"""Says in French why the system refused a file or a folder: its own words are in English."""

import errno

_REASONS = {
    errno.ENOENT: "il n'existe pas",
    errno.EACCES: "vous n'en avez pas le droit",
    errno.EPERM: "vous n'en avez pas le droit",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre espace sur le disque est épuisé",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "une partie de son chemin est un fichier, non un dossier",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.ENAMETOOLONG: "son nom est trop long",
    errno.ELOOP: "ce lien mène à lui-même",
    errno.EIO: "le disque est défaillant",
    errno.EBUSY: "un autre programme l'utilise",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENFILE: "trop de fichiers sont ouverts",
    errno.ENOMEM: "la mémoire manque",
}


def reason(error: OSError) -> str:
    """Return why the system refused, to stand after a colon or in brackets."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
