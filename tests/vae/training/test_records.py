import json

import pytest

from vae.training.records import (
    KINDS,
    Baselines,
    End,
    Epoch,
    Losses,
    Named,
    Preparation,
    Record,
    from_line,
    to_line,
)

LOSSES = Losses(loss=0.5, nats=0.4, kl_nats=12.0)
EPOCH = Epoch(
    epoch=3,
    training=LOSSES,
    validation=LOSSES,
    kl_per_latent=(0.5, 0.25),
    variance_per_latent=(1.0, 0.0),
    participation_ratio=1.5,
    beta=0.1,
    learning_rate=3e-4,
    samples_per_s=12.5,
    elapsed_s=3.0,
    left_s=60.0,
    device_memory=0,
    best=True,
)


@pytest.mark.parametrize(
    "record",
    [
        EPOCH,
        Preparation(stage="preparing songs", done=3, total=4),
        Baselines(mean_spectrum=0.3, components=0.1, component_count=64),
        Named(songs=24, axes=64, directions=("louder", "brighter"), elapsed_s=9.0),
        End(
            reason="stopped",
            sentence="stopped after epoch 3",
            advice="",
            epochs_done=3,
            best_epoch=-1,
            best_loss=None,
            elapsed_s=1.0,
        ),
    ],
)
def test_a_record_comes_back_from_its_line(record: Record) -> None:
    text = to_line(record, 12.5)
    assert text.endswith("}\n")
    assert text.count("\n") == 1
    line = from_line(text)
    assert line is not None
    assert line.record == record
    assert line.time == 12.5


def test_what_a_newer_version_says_beside_is_passed_over() -> None:
    values = json.loads(to_line(EPOCH, 0.0)) | {"mood": "good"}
    line = from_line(json.dumps(values))
    assert line is not None
    assert line.record == EPOCH
    assert from_line('{"kind": "mood", "time": 1}') is None
    with pytest.raises(ValueError, match="Unterminated"):
        from_line('{"kind": "epo')


def test_every_kind_has_a_name_of_its_own() -> None:
    assert set(KINDS) == {
        "preparation",
        "refused",
        "start",
        "baselines",
        "step",
        "epoch",
        "axes",
        "picture",
        "recovery",
        "named",
        "unnamed",
        "end",
    }
