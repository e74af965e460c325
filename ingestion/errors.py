"""What can go wrong while documents are read, said in French and with the remedy."""


class IngestionError(Exception):
    """Root of every error that this package raises; its message is fit to show to a user."""


class Rejected(IngestionError):
    """One input cannot be read; the message is the reason and the remedy, the rest goes on."""


class WorkerLost(IngestionError):
    """The process that reads the documents cannot be started."""
