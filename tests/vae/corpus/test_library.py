import json
import os
import shutil
import signal
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.disk import room_for
from vae.__main__ import main
from vae.corpus import library
from vae.corpus.library import Order, fill
from vae.errors import Cancelled
from vae.files import atomic_path
from vae.sound.header import read_title

SECONDS = 5


def made(out: Path, *arguments: str, seed: int = 3) -> Path:
    command = ["corpus", "--out", str(out), "--seed", str(seed), "--rate", "11025"]
    assert main([*command, "--seconds", str(SECONDS), *arguments]) == 0
    return out


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("corpus")
    return made(out, "--songs", "3", "--jobs", "1")


def test_each_song_has_its_factors_beside_it(corpus: Path) -> None:
    sounds = sorted(path.stem for path in corpus.glob("*.flac"))
    assert sounds == ["song-3-00000", "song-3-00001", "song-3-00002"]
    assert sounds == sorted(path.stem for path in corpus.glob("*.json"))


def test_songs_are_stereo_neither_silent_nor_clipped(corpus: Path) -> None:
    for path in corpus.glob("*.flac"):
        sound, rate = soundfile.read(path)
        assert rate == 11_025
        assert sound.shape == (SECONDS * rate, 2)
        assert 0.01 < np.abs(sound).max() <= 10 ** (-1 / 20)


def test_any_song_can_be_made_alone_and_by_any_number_of_jobs(
    corpus: Path, tmp_path: Path
) -> None:
    whole = contents(corpus)
    for name, content in contents(
        made(tmp_path, "--songs", "2", "--first", "1", "--jobs", "2")
    ).items():
        assert content == whole[name]


def test_songs_are_called_after_what_they_are(corpus: Path) -> None:
    titles = [read_title(path) for path in sorted(corpus.glob("*.flac"))]
    told = [json.loads(path.read_text()) for path in sorted(corpus.glob("*.json"))]
    assert len(set(titles)) == len(titles)
    for title, factors in zip(titles, told, strict=True):
        assert title[0].isupper()
        assert title[1:].startswith(factors["style"][1:])
        assert f" in {factors['key']} {factors['mode']}, " in title


def test_what_is_there_is_not_made_again(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in corpus.iterdir()}
    made(corpus, "--songs", "3", "--json")
    assert json.loads(capsys.readouterr().out)["new"] == 0
    assert before == {path: path.stat().st_mtime_ns for path in corpus.iterdir()}


def test_the_loudness_told_is_the_loudness_heard(corpus: Path) -> None:
    for path in corpus.glob("*.flac"):
        sound, rate = soundfile.read(path)
        told = json.loads(path.with_suffix(".json").read_text())
        level = np.array(told["frames"]["level_db"])
        hop = rate / 4
        heard = np.array(
            [
                np.mean(sound[round(n * hop) : round((n + 1) * hop)] ** 2)
                for n in range(len(level))
            ]
        )
        loud = level > -60
        error = 10 * np.log10(heard[loud]) - level[loud]
        assert abs(float(np.median(error))) < 3  # highs above 2,756 Hz are not told


def test_giving_up_leaves_whole_songs_only(tmp_path: Path) -> None:
    order = Order(
        seed=3,
        first=0,
        songs=6,
        out=tmp_path,
        rate=11_025,
        seconds=SECONDS,
        format="ogg",
    )

    def give_up(_label: str, _share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        fill(order, jobs=2, told=give_up)
    left = contents(tmp_path)
    assert 1 <= len(left) < 12
    assert all(name.startswith("song-3-") for name in left)
    for name in left:
        if name.endswith(".ogg"):
            assert soundfile.info(tmp_path / name).frames == SECONDS * 11_025


@pytest.mark.parametrize(
    "wrong",
    [
        ("--songs", "0"),
        ("--songs", "1", "--rate", "100"),
        ("--songs", "1", "--seconds", "1"),
        ("--songs", "1", "--seed", "-1"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: tuple[str, ...]
) -> None:
    assert main(["corpus", "--out", str(tmp_path), *wrong]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_full_disk_is_called_full(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = ["corpus", "--out", str(tmp_path), "--songs", "1", "--rate", "11025"]
    with room_for(10_000):
        assert main([*order, "--seconds", str(SECONDS)]) == 1
    assert "cannot be written: File too large" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("other", [("--seconds", "9"), ("--rate", "8000")])
def test_songs_of_another_kind_are_not_taken_for_those_asked_for(
    corpus: Path, capsys: pytest.CaptureFixture[str], other: tuple[str, ...]
) -> None:
    usual = {"--seconds": str(SECONDS), "--rate": "11025"} | {other[0]: other[1]}
    words = [word for pair in usual.items() for word in pair]
    order = ["corpus", "--out", str(corpus), "--seed", "3", "--songs", "4", *words]
    assert main(order) == 1
    assert "is there already, with 5 s at 11025 Hz" in capsys.readouterr().err


@pytest.mark.parametrize("told", ['{"composer": 1}', "{}", "half of i"])
def test_songs_of_another_composer_are_not_gone_on_with(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], told: str
) -> None:
    shutil.copytree(corpus, tmp_path / "old")
    (tmp_path / "old" / "song-3-00000.json").write_text(told)
    order = ["corpus", "--out", str(tmp_path / "old"), "--seed", "3", "--songs", "4"]
    before = contents(tmp_path / "old")
    assert main([*order, "--seconds", str(SECONDS), "--rate", "11025"]) == 1
    assert "by another version of the composer" in capsys.readouterr().err
    assert contents(tmp_path / "old") == before


def write_and_be_killed(task: tuple[Order, int]) -> None:
    order, index = task
    with atomic_path(order.sound_path(index)) as temporary:
        temporary.write_bytes(b"half of it")
        os.kill(os.getpid(), signal.SIGKILL)  # as for want of memory


def test_a_process_that_is_killed_is_told_of_and_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    order = ["corpus", "--out", str(tmp_path), "--songs", "2", "--jobs", "2"]
    with monkeypatch.context() as killed:
        killed.setattr(library, "write_song", write_and_be_killed)
        assert main(order) == 1
    told = capsys.readouterr().err
    assert "was ended from outside, perhaps for want of memory; the same" in told
    assert list(tmp_path.iterdir()) == []
