"""The errors a person may meet: each message says in a sentence what is wrong."""


class DctvaeError(Exception):
    """Base of every error whose message is meant for a person."""


class AudioError(DctvaeError):
    """A sound file cannot be read or written."""


class CheckpointError(DctvaeError):
    """A model file cannot be read, written or used here."""


class ConfigError(DctvaeError):
    """A setting lies outside what is allowed."""


class CorpusError(DctvaeError):
    """Songs cannot be composed or written as asked."""


class DatasetError(DctvaeError):
    """A folder of songs cannot be trained on."""


class OutputError(DctvaeError):
    """A result cannot go where it was asked for."""


class PointError(DctvaeError):
    """A point file cannot be read, written or used with this model."""


class TrainingError(DctvaeError):
    """A training run cannot be started, resumed or finished.

    Parameters
    ----------
    sentence : str
        What happened.
    advice : str
        What to do or change, where that is known.
    """

    def __init__(self, sentence: str, advice: str = "") -> None:
        super().__init__(f"{sentence}; {advice}" if advice else sentence)
        self.sentence = sentence
        self.advice = advice


class Cancelled(Exception):  # noqa: N818 - a wish, not an error
    """Raised by a progress callback to give up what it follows."""
