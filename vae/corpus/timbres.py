"""Every timbre by its name."""

from vae.corpus.instruments.keys import KEYS
from vae.corpus.instruments.recipe import Recipe
from vae.corpus.instruments.strings import STRINGS
from vae.corpus.instruments.synthesizers import SYNTHESIZERS
from vae.corpus.instruments.voices import VOICES
from vae.corpus.instruments.winds import WINDS

TIMBRES: dict[str, Recipe] = STRINGS | WINDS | KEYS | SYNTHESIZERS | VOICES
