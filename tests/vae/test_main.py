import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.models import TINY, TINY_TRANSFORM, tiny_checkpoint
from tests.sounds import write_song
from vae import fidelity
from vae.__main__ import main
from vae.config import TrainConfig
from vae.training.folder import RunFolder
from vae.training.options import Options

Capture = pytest.CaptureFixture[str]


def printed(capsys: Capture) -> dict[str, object]:
    output = capsys.readouterr().out
    facts = json.loads(output)
    assert isinstance(facts, dict)
    return facts


def refused(capsys: Capture, *arguments: str) -> str:
    assert main(arguments) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("dctvae: ")
    assert captured.err.count("\n") == 1
    return captured.err


def test_info_says_what_a_model_is(tmp_path: Path, capsys: Capture) -> None:
    assert main(["info", str(tiny_checkpoint(tmp_path)), "--json"]) == 0
    facts = printed(capsys)
    assert facts["image_shape"] == [2, 32, 32]
    assert facts["latent_size"] == 64
    assert facts["frames_per_latent"] == 8
    assert facts["overlap"] == 64
    assert facts["likelihood"] == "scale"
    assert facts["songs"] == ["song 0", "song 1", "song 2"]
    assert isinstance(facts["parameters"], int)


@pytest.mark.parametrize(("overlap", "least", "most"), [(1024, 0.9, 1.1), (0, 2, 50)])
def test_roundtrip_measures_what_was_lost(
    tmp_path: Path, capsys: Capture, overlap: int, least: float, most: float
) -> None:
    song = write_song(tmp_path / "song.wav", seconds=8)
    out = tmp_path / "out.wav"
    arguments = ["roundtrip", str(song), str(out), "--overlap", str(overlap)]
    assert main([*arguments, "--json"]) == 0
    facts = printed(capsys)
    numbers = {name: float(str(value)) for name, value in facts.items()}
    assert numbers["duration_s"] == 8
    assert least <= numbers["edge_ratio"] / numbers["song_edge_ratio"] <= most
    assert numbers["snr_db"] >= 38 or overlap == 0
    assert soundfile.info(out).frames == 8 * 44_100


def test_a_song_becomes_a_point_and_the_point_sound_again(
    tmp_path: Path, capsys: Capture
) -> None:
    model = str(tiny_checkpoint(tmp_path))
    song = write_song(tmp_path / "song.wav", seconds=1)
    point = tmp_path / "point.json"
    assert main(["encode", str(song), "-o", str(point), "--model", model]) == 0
    values = json.loads(point.read_text())
    assert values["format"] == "dctvae-point"
    assert len(values["sigma"]) == 64
    assert np.shape(values["origin"]["path"]) == (4, 64)
    heard = []
    for name in ("a.wav", "b.wav"):
        out = tmp_path / name
        assert main(["decode", str(point), "-o", str(out), "--model", model]) == 0
        sound, rate = soundfile.read(out)
        assert rate == 44_100
        assert sound.shape == (TINY.frames * TINY_TRANSFORM.frame_samples, 2)
        assert 1e-3 < np.abs(sound).max() <= 1
        heard.append(sound)
    assert np.array_equal(*heard)
    assert fidelity.edge_ratio(heard[0].T, TINY_TRANSFORM) <= 1.2
    assert capsys.readouterr().out == ""


def test_with_its_song_as_source_a_point_is_the_song(tmp_path: Path) -> None:
    model = str(tiny_checkpoint(tmp_path))
    song = write_song(tmp_path / "song.wav", seconds=1)
    point, out = tmp_path / "point.json", tmp_path / "out.wav"
    main(["encode", str(song), "-o", str(point), "--model", model, "--start", "0.3"])
    main(
        ["decode", str(point), "-o", str(out), "--model", model, "--source", str(song)]
    )
    heard, _ = soundfile.read(out)
    recorded, _ = soundfile.read(song)
    assert np.abs(heard - recorded[13_230 : 13_230 + len(heard)]).max() < 2e-3


def test_samples_differ_by_seed_alone(tmp_path: Path) -> None:
    model = str(tiny_checkpoint(tmp_path))
    sounds = []
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        out = tmp_path / f"{name}.wav"
        arguments = ["sample", "-o", str(out), "--seed", seed, "--model", model]
        assert main(arguments) == 0
        sounds.append(soundfile.read(out)[0])
    assert np.array_equal(sounds[0], sounds[1])
    assert not np.array_equal(sounds[0], sounds[2])


def test_bench_prints_medians(tmp_path: Path, capsys: Capture) -> None:
    model = str(tiny_checkpoint(tmp_path))
    assert main(["bench", "--model", model, "--json"]) == 0
    facts = printed(capsys)
    for name in ("full_decode", "one_frame", "encode", "forward_transform"):
        timing = facts[name]
        assert isinstance(timing, dict)
        assert 0 < timing["fastest_ms"] <= timing["median_ms"] <= timing["slowest_ms"]


def test_every_bad_input_is_one_clear_line(tmp_path: Path, capsys: Capture) -> None:
    model = str(tiny_checkpoint(tmp_path))
    (tmp_path / "other").mkdir()
    other = str(tiny_checkpoint(tmp_path / "other", templates=13))
    song = str(write_song(tmp_path / "song.wav", seconds=1))
    text = tmp_path / "text.mp3"
    text.write_text("no music")
    point, out = str(tmp_path / "point.json"), str(tmp_path / "out.wav")
    main(["encode", song, "-o", point, "--model", model])
    assert "does not exist" in refused(capsys, "roundtrip", "nowhere.mp3", out)
    assert "overlap" in refused(capsys, "roundtrip", song, out, "--overlap", "9999")
    assert ".wav or .flac" in refused(capsys, "roundtrip", song, "out.mp3")
    assert "cannot be opened" in refused(capsys, "info", "nowhere.safetensors")
    assert "not a model" in refused(capsys, "info", str(text))
    assert "text.mp3" in refused(
        capsys, "encode", str(text), "-o", point, "--model", model, "--force"
    )
    for start_s in ("5", "-1", "nan", "inf"):
        assert f"nothing at {start_s} s" in refused(
            capsys,
            *("encode", song, "-o", point, "--model", model, "--start", start_s),
            "--force",
        )
    assert "another model" in refused(
        capsys, "decode", point, "-o", out, "--model", other
    )
    assert "not a point" in refused(
        capsys, "decode", str(text), "-o", out, "--model", model
    )
    assert "0 and 1" in refused(
        capsys, "decode", point, "-o", out, "--model", model, "--detail", "7"
    )
    assert "--help" in refused(capsys, "sing")
    run = str(tmp_path / "run")
    assert "nothing below" in refused(capsys, "train", str(text), "--out", run)
    assert "at least one folder" in refused(capsys, "train", "--out", run)
    assert "there is no run" in refused(
        capsys, "train", "--out", str(tmp_path / "nowhere"), "--resume"
    )


def test_the_installed_program_says_its_version() -> None:
    completed = subprocess.run(
        [sys.executable, "-m", "vae", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert completed.stdout.strip().count(".") == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sample", "-o", "x.wav", "--seed", "two"), "two is not a whole number"),
        (("sample", "-o", "x.wav", "--seed", ""), "nothing is not a whole number"),
        (("varispeed", ".", "--out", "x", "--semitones", "x"), "x is not a number"),
        (("varispeed", ".", "--out", "x", "--semitones", "nan"), "-24 and 24"),
        (("varispeed", ".", "--out", "x", "--semitones", "25"), "-24 and 24"),
    ],
)
def test_what_is_no_number_is_said_in_words(
    capsys: Capture, arguments: tuple[str, ...], words: str
) -> None:
    assert words in refused(capsys, *arguments)


def test_a_folder_is_no_model_and_is_called_one(
    tmp_path: Path, capsys: Capture
) -> None:
    assert "Is a directory" in refused(capsys, "info", str(tmp_path))
    assert "there is no such file" in refused(capsys, "info", str(tmp_path / "x"))


def test_names_of_any_bytes_are_printed(tmp_path: Path) -> None:
    name = os.fsdecode(b"n\xf6.mp3")
    (tmp_path / name).write_text("no music")
    completed = subprocess.run(
        [sys.executable, "-m", "vae", "survey", str(tmp_path)],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
        check=True,
    )
    assert b"n\\udcf6.mp3 cannot be read" in completed.stdout


def test_a_run_that_is_gone_on_with_keeps_what_it_was_asked_for(
    tmp_path: Path, capsys: Capture
) -> None:
    songs, run = tmp_path / "songs", tmp_path / "run"
    songs.mkdir()
    options = Options(folders=(songs,), model=TINY, train=TrainConfig(epochs=3))
    RunFolder(run).create(options)
    again = ("train", "--resume", str(run))
    assert "epochs cannot be changed" in refused(capsys, *again, "--epochs", "9")
    assert "folders cannot be changed" in refused(
        capsys, "train", str(tmp_path), "--out", str(run), "--resume"
    )
    same = ("train", str(songs), "--out", str(run), "--resume", "--epochs", "3")
    assert "no file at all" in refused(capsys, *same)
