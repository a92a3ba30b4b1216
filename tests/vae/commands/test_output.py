from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.models import tiny_checkpoint
from tests.sounds import write_song
from vae.__main__ import main
from vae.commands.output import check_output, check_sound_output
from vae.errors import AudioError, OutputError


def test_a_file_that_is_there_is_written_over_only_if_told(tmp_path: Path) -> None:
    path = tmp_path / "music.wav"
    check_output(path, force=False)
    path.touch()
    check_output(path, force=False)  # what is empty is lost to nobody
    path.write_text("music")
    with pytest.raises(OutputError, match=r"music\.wav is there already.*--force"):
        check_output(path, force=False)
    check_output(path, force=True)


def test_what_cannot_be_written_is_told_beforehand(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such folder"):
        check_output(tmp_path / "nowhere" / "x.wav", force=True)
    with pytest.raises(OutputError, match="is a folder"):
        check_output(tmp_path, force=True)
    with pytest.raises(AudioError, match=r"must end in \.flac"):
        check_sound_output(tmp_path / "x.wav", force=True, form="flac16")


def test_a_closed_folder_is_told_beforehand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vae.commands.output.os.access", lambda *_: False)
    with pytest.raises(OutputError, match="its folder is closed to you"):
        check_output(tmp_path / "x.wav", force=True)


@pytest.mark.parametrize(
    "command",
    [
        ("roundtrip", "SONG", "SONG"),
        ("encode", "SONG", "-o", "SONG"),
        ("decode", "POINT", "-o", "SONG"),
        ("tweak", "SONG", "-o", "SONG"),
        ("sample", "-o", "SONG"),
        ("pack", "MODEL", "-o", "SONG"),
        ("name", "MODEL", "SONG", "-o", "SONG"),
    ],
)
def test_no_command_writes_over_a_song_unasked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: Sequence[str]
) -> None:
    song = write_song(tmp_path / "song.wav", seconds=1)
    before = song.read_bytes()
    names = {
        "SONG": str(song),
        "POINT": str(tmp_path / "point.json"),
        "MODEL": str(tiny_checkpoint(tmp_path)),
    }
    assert main([names.get(word, word) for word in command]) == 1
    assert "song.wav is there already" in capsys.readouterr().err
    assert song.read_bytes() == before


def test_told_to_a_command_writes_over_what_is_there(tmp_path: Path) -> None:
    song, out = write_song(tmp_path / "song.wav", seconds=1), tmp_path / "out.wav"
    out.write_text("old")
    assert main(["roundtrip", str(song), str(out), "--force"]) == 0
    assert out.read_bytes().startswith(b"RIFF")
