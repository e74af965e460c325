"""What can go wrong between a question and its answer, said in French."""


class AssistantError(Exception):
    """Root of every error that this package raises; its message is fit to show to a user."""


class InvalidQuestion(AssistantError):
    """The question is empty or too long."""


class InvalidHistory(AssistantError):
    """The history of a conversation is not what it should be."""


class UnknownModel(AssistantError):
    """No language model bears this name, or what it needs is not configured."""


class ModelUnavailable(AssistantError):
    """A language model does not answer, or not usably; the message says why in a few words."""
