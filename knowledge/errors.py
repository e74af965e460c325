"""What can go wrong in the knowledge layer, said in French and with the remedy."""


class KnowledgeError(Exception):
    """Root of every error that this package raises; its message is fit to show to a user."""


class LibraryBusy(KnowledgeError):
    """Another process is writing to the library."""


class LibraryDamaged(KnowledgeError):
    """What lies in the data folder cannot be read."""


class ModelMismatch(KnowledgeError):
    """The index was made with another embedding model than the one that is configured."""


class ModelUnavailable(KnowledgeError):
    """The embedding model cannot be loaded."""


class UnknownDocument(KnowledgeError):
    """No document of the library bears this identifier."""
