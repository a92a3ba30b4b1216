from dataclasses import replace
from pathlib import Path

import numpy as np

from explorer.engine.wish import Wish, Wishes
from tests.explorer.engine.doubles import LATENTS, offset, piece
from vae.synthesis.edits import Edit, Voicing


def shown(wishes: Wishes, position: int | None = 0) -> Wish:
    return wishes.for_piece(None, piece(), position=position, keep_offset=False)


def test_what_is_asked_for_before_a_piece_holds_for_it() -> None:
    wishes = Wishes()
    noise = Edit(offset=offset(2.0), voicing=Voicing(source="noise"))
    assert wishes.for_edit(None, noise, 7, 0) is None
    assert wishes.for_listening(None, "original") is None
    assert wishes.for_channels(None, "side", 8) is None
    assert wishes.for_position(None, 100) is None
    wish = shown(wishes)
    assert wish.scene.edit.voicing.source == "noise"
    assert not wish.scene.edit.offset.any()  # it was another piece's
    assert wish.scene.listening == "original"
    assert wish.view.channels == "side"
    assert wish.scene.stamp == 8


def test_a_jump_outlives_the_points_that_follow_it() -> None:
    wishes = Wishes()
    jumped = wishes.for_position(shown(wishes), 10**9)
    assert jumped is not None
    assert jumped.jump is not None
    assert jumped.jump.position == jumped.scene.piece.synthesis.samples
    moved = wishes.for_edit(jumped, Edit(offset=offset(0.5)), 2, 0)
    assert moved is not None
    assert moved.jump is jumped.jump
    assert not moved.sounds_like(jumped)


def test_a_new_model_keeps_the_point_and_a_new_song_does_not() -> None:
    wishes = Wishes()
    moved = wishes.for_edit(shown(wishes), Edit(offset=offset(0.5)), 1, 0)
    same = wishes.for_piece(moved, piece(), position=None, keep_offset=True)
    assert np.array_equal(same.scene.edit.offset, offset(0.5))
    assert moved is not None
    assert same.jump is moved.jump
    other = wishes.for_piece(moved, piece(), position=5, keep_offset=False)
    assert not other.scene.edit.offset.any()


def test_a_point_of_another_model_is_passed_over() -> None:
    wishes = Wishes()
    edit = Edit(offset=np.zeros(LATENTS + 1, np.float32))
    assert wishes.for_edit(shown(wishes), edit, 2, 0) is None


def test_only_what_changes_the_scene_makes_another() -> None:
    wishes = Wishes()
    wish = shown(wishes)
    assert wishes.for_listening(wish, "edit") is None
    assert wishes.for_others(wish, {}) is None
    lent = replace(Edit(offset=offset(1.0)), voicing=Voicing(source=Path("/other.wav")))
    borrowing = wishes.for_edit(wish, lent, 3, 0)
    assert borrowing is not None
    assert borrowing.scene.other is None  # it is not open yet
    assert wishes.for_others(borrowing, {}) is None
    seen = wishes.for_channels(borrowing, "left", 4)
    assert seen is not None
    assert seen.sounds_like(borrowing)
    assert not seen.looks_like(borrowing)
