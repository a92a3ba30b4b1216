import numpy as np
import pytest

from vae.corpus.form import FORMS, draw_form


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("bars", [1, 7, 32, 61, 96])
def test_sections_fill_the_song_exactly(form: str, bars: int) -> None:
    plans = draw_form(np.random.default_rng(0), bars=bars, contrast=1.0, form=form)
    assert sum(plan.bars for plan in plans) == bars
    assert all(0 < plan.intensity <= 1 for plan in plans)


def test_a_song_builds_up_to_its_chorus_and_rests_in_its_break() -> None:
    plans = draw_form(np.random.default_rng(0), bars=72, contrast=1.0, form="build")
    intensity = {plan.kind: plan.intensity for plan in plans}
    assert intensity["intro"] < intensity["chorus"]
    assert intensity["break"] < intensity["build"] < intensity["chorus"]


def test_only_a_beginning_is_an_intro() -> None:
    for bars in range(20, 120, 7):
        rng = np.random.default_rng(bars)
        plans = draw_form(rng, bars=bars, contrast=0.8, form="song")
        assert "intro" not in [plan.kind for plan in plans[1:]]


def test_without_contrast_all_sections_are_alike() -> None:
    plans = draw_form(np.random.default_rng(0), bars=64, contrast=0.0, form="song")
    assert len({plan.intensity for plan in plans}) == 1
