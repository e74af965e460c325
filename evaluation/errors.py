"""What can go wrong while something is measured, said in French and with the remedy."""


class EvaluationError(Exception):
    """Root of every error that this package raises; its message is fit to show to a user."""


class BadQuestionSet(EvaluationError):
    """A set of questions is missing, incomplete or malformed."""


class Unmeasured(EvaluationError):
    """One measure cannot be made here; the reason, without a capital, follows « non mesuré : »."""


class BadTruth(EvaluationError):
    """What was said in meetings, or a matrix to compare with it, is missing or malformed."""
