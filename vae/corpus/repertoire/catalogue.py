"""Every style."""

from vae.corpus.repertoire.bands import BANDS
from vae.corpus.repertoire.concert import CONCERT
from vae.corpus.repertoire.electronic import ELECTRONIC
from vae.corpus.repertoire.games import GAMES
from vae.corpus.repertoire.still import STILL_MUSIC
from vae.corpus.styles import Style

STYLES: tuple[Style, ...] = GAMES + BANDS + ELECTRONIC + CONCERT + STILL_MUSIC
