from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.models import TINY, saved
from tests.vae.training.songs import (
    SHORT,
    Trained,
    begun,
    options_of,
    resumed,
    run_of,
    trained_split,
)
from vae.__main__ import main
from vae.checkpoint import load_checkpoint
from vae.errors import TrainingError
from vae.training import naming
from vae.training.control import ask, wished
from vae.training.folder import RunFolder
from vae.training.loop import train
from vae.training.naming import STAGE, heard_files, heard_songs
from vae.training.reader import MODEL, read_log
from vae.training.records import End, Named, Preparation, Record, Unnamed
from vae.training.status import Status, read_status, write_status

# Three latents, so that it is quickly listened to, and a decoder that answers them.
SMALL = replace(TINY, latent_size=3)
QUICK = replace(SHORT, epochs=1)


@pytest.fixture(autouse=True)
def few_points(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("vae.evaluation.effects", "vae.training.naming"):
        monkeypatch.setattr(f"{module}.POINTS", 3)


def named(
    folder: Path, songs: Path, listen: Callable[[Record], None] = lambda _: None
) -> Trained:
    """A run that ends by naming its model."""
    options = options_of(songs, SMALL, QUICK)
    run, cache = begun(folder, options), songs.parent / "cache"
    records: list[Record] = []

    def hear(record: Record) -> None:
        records.append(record)
        listen(record)

    checkpoint = train(options, run, cache=cache, names=True, listen=hear)
    return Trained(checkpoint=checkpoint, records=records)


def told(records: list[Record]) -> Named | Unnamed:
    (one,) = [record for record in records if isinstance(record, Named | Unnamed)]
    return one


def test_a_run_ends_by_naming_the_sliders_of_its_model(
    tmp_path: Path, songs: Path
) -> None:
    trained = named(tmp_path / "run", songs)
    found = told(trained.records)
    assert isinstance(found, Named)
    assert found.songs == 3
    assert len(trained.checkpoint.traits) == 3
    assert load_checkpoint(tmp_path / "run" / MODEL).traits == trained.checkpoint.traits
    assert found.axes == sum(bool(one.name) for one in trained.checkpoint.traits)
    end = trained.records[-1]
    assert isinstance(end, End)
    assert end.reason == "finished"
    shares = [
        one.share
        for one in trained.records
        if isinstance(one, Preparation) and one.stage == STAGE
    ]
    assert shares[0] == 0
    plain = run_of(tmp_path / "plain" / "run", songs, SMALL, QUICK)
    assert plain.checkpoint.model_hash == trained.checkpoint.model_hash
    assert plain.checkpoint.traits == ()
    assert isinstance(told(plain.records), Unnamed)


@pytest.mark.parametrize("fault", [ValueError("no beat"), TrainingError("full disk")])
def test_a_run_does_not_fail_where_names_cannot_be_found(
    tmp_path: Path, songs: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr(naming, "measure_effects", fail)
    trained = named(tmp_path / "run", songs)
    found = told(trained.records)
    assert isinstance(found, Unnamed)
    assert str(fault) in found.reason
    end = trained.records[-1]
    assert isinstance(end, End)
    assert end.reason == "finished"
    assert load_checkpoint(tmp_path / "run" / MODEL).config == SMALL


def test_asked_to_stop_it_gives_up_naming_and_has_finished(
    tmp_path: Path, songs: Path
) -> None:
    folder = tmp_path / "run"

    def stop(record: Record) -> None:
        if isinstance(record, Preparation) and record.stage == STAGE:
            ask(folder, "stop")

    trained = named(folder, songs, stop)
    assert told(trained.records) == Unnamed(reason="stopped as asked")
    end = trained.records[-1]
    assert isinstance(end, End)
    assert (end.reason, end.epochs_done) == ("finished", 1)
    assert trained.checkpoint.traits == ()


def test_asked_to_rest_it_waits_and_goes_on(
    tmp_path: Path, songs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "run"
    seen: list[str] = []

    def rest(record: Record) -> None:
        if isinstance(record, Preparation) and record.stage == STAGE and not seen:
            ask(folder, "pause")

    def wait(_: float) -> None:
        status = read_status(folder)
        assert status is not None
        seen.append(status.state)
        ask(folder, "resume")

    monkeypatch.setattr("vae.training.obedience.time.sleep", wait)
    trained = named(folder, songs, rest)
    assert seen == ["paused"]
    assert isinstance(told(trained.records), Named)
    assert wished(folder) is None


def test_ended_while_it_names_it_leaves_a_whole_model_that_resuming_names(
    tmp_path: Path, songs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    seen: list[str] = []

    def interrupt(record: Record) -> None:
        if isinstance(record, Preparation) and record.stage == STAGE:
            seen.append(load_checkpoint(folder / MODEL).model_hash)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        named(folder, songs, interrupt)
    assert load_checkpoint(folder / MODEL).traits == ()
    again = ["train", "--resume", str(folder), "--cache", str(songs.parent / "cache")]
    assert main(again) == 0
    assert "sliders named" in capsys.readouterr().out
    once = load_checkpoint(folder / MODEL)
    assert len(once.traits) == 3
    assert once.model_hash == seen[0]
    assert main(again) == 0  # there is nothing left to do
    assert load_checkpoint(folder / MODEL).traits == once.traits
    found = [one for one in read_log(folder) if isinstance(one, Named | Unnamed)]
    assert len(found) == 1
    assert resumed(folder, songs).checkpoint.traits == once.traits


def test_ctrl_c_while_it_names_says_that_the_model_is_whole(
    tmp_path: Path,
    songs: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    run_of(tmp_path / "run", songs, SMALL, QUICK)
    monkeypatch.setattr(naming, "measure_effects", interrupt)
    again = ["train", "--resume", str(tmp_path / "run")]
    assert main([*again, "--cache", str(songs.parent / "cache")]) != 0
    assert "model.safetensors is whole" in capsys.readouterr().err


def test_songs_that_were_held_out_are_listened_to_first(songs: Path) -> None:
    options = options_of(songs, SMALL, QUICK)
    split = trained_split(options)
    first, *others = heard_songs(split)
    assert first is split.validation[0]
    assert len(others) == 2
    assert all(one in split.training for one in others)
    one = split.training[0]
    alone = replace(split, training=(one,), validation=(one,))
    assert heard_songs(alone) == [one]


def test_a_model_in_its_run_folder_is_named_on_the_songs_of_the_run(
    tmp_path: Path, songs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    run_of(folder, songs, SMALL, QUICK)
    model, cache = folder / MODEL, str(songs.parent / "cache")
    first, *others = heard_files(model)
    split = trained_split(options_of(songs, SMALL, QUICK))
    assert first == split.validation[0].path
    assert sorted((first, *others)) == sorted(songs.iterdir())
    assert main(["name", str(model), "--cache", cache]) == 0
    assert len(load_checkpoint(model).traits) == 3
    capsys.readouterr()
    write_status(folder, Status(state="running", sentence="training"))
    assert main(["name", str(model), "--cache", cache]) == 1
    assert "is still under way" in capsys.readouterr().err


def test_without_songs_it_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = tmp_path / "run" / MODEL
    model.parent.mkdir()
    saved(SMALL, model)
    assert main(["name", str(model)]) == 1
    assert "lies in no run folder" in capsys.readouterr().err
    RunFolder(model.parent).create(options_of(tmp_path / "gone", SMALL, QUICK))
    assert main(["name", str(model)]) == 1
    assert "songs of the run" in capsys.readouterr().err


def test_a_model_that_was_replaced_meanwhile_keeps_its_own_names(
    tmp_path: Path, songs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "run"

    def replace_it(record: Record) -> None:
        if isinstance(record, Preparation) and record.share == 1:
            saved(SMALL, folder / MODEL, seed=9)

    trained = named(folder, songs, replace_it)
    found = told(trained.records)
    assert isinstance(found, Unnamed)
    assert "another model" in found.reason
    assert load_checkpoint(folder / MODEL).traits == ()
