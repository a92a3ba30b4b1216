from pathlib import Path

import numpy as np

from vae.dataset import SongImage
from vae.training.travelling import travelling


def song_at(path: Path) -> SongImage:
    return SongImage(title="", path=path, coefficients=np.zeros((2, 4, 4), np.float16))


def test_songs_of_the_folder_itself_go_before_those_below(tmp_path: Path) -> None:
    mine, corpus = tmp_path / "mine", tmp_path / "corpus"
    places = [mine / "a.wav", mine / "varied" / "a -2.wav", corpus / "b.wav"]
    songs = [song_at(place) for place in places]
    assert travelling(songs, [mine, corpus], most=2) == (0, 2)
    assert travelling(songs, [mine, corpus], most=3) == (0, 1, 2)
