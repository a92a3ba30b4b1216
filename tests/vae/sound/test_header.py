from pathlib import Path

import soundfile

from tests.sounds import song, write_song
from vae.sound.header import read_title


def test_a_song_is_called_what_its_tags_say(tmp_path: Path) -> None:
    plain = write_song(tmp_path / "track 07.wav", seconds=1)
    assert read_title(plain) == "track 07"
    named = tmp_path / "x.flac"
    with soundfile.SoundFile(named, "w", 44_100, 2) as file:
        file.title, file.artist = "Été", "Someone"
        file.write(song(seconds=1).T)
    assert read_title(named) == "Été – Someone"
    (tmp_path / "no.mp3").write_text("no music")
    assert read_title(tmp_path / "no.mp3") == "no"
