from dataclasses import replace

import pytest

from tests.models import TINY
from tests.vae.training.songs import SHORT
from vae.presets import Preset
from vae.training import bench
from vae.training.bench import bench_training


def test_the_share_of_the_peak_is_what_its_parts_say(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = replace(TINY, network="strided", widths=(8,), frames_per_latent=8)
    told: list[float] = []
    monkeypatch.setattr(bench, "MATRIX", 512)
    report = bench_training(
        Preset(model=model, train=SHORT),
        SHORT,
        lambda _label, share: told.append(share),
        profile=True,
        check=True,
    )
    speed = report.samples_per_s * report.operations_per_sample
    assert 0 < report.share_of_peak < 1
    assert abs(report.share_of_peak - speed / report.peak_operations_per_s) < 1e-9
    assert report.seconds_for_schedule > SHORT.epochs * report.epoch_s
    outputs = 8 * (TINY.frames // 4) * (TINY.transform.kept // 4)
    first = 2 * outputs * 2 * 8 * 8  # operations of the first layer, one way
    assert report.operations_per_sample > 2 * first
    assert told[-1] < 1
    assert report.profile is not None
    assert report.profile.bound_by in ("arithmetic", "memory", "waiting")
    assert 0 < report.profile.busy <= 1
    largest = report.profile.largest
    assert any("convolution" in name for name in largest)
    assert list(largest.values()) == sorted(largest.values(), reverse=True)
    assert report.agreement is not None
    assert report.agreement.float32 == 0, "the device is the CPU itself"
    assert 0 < report.agreement.bfloat16 < 1e-2
