"""What the window has asked for so far, as one wish: a scene, a jump, a view."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from explorer.engine.handover import Jump
from explorer.engine.picture import View
from explorer.engine.protocol import ChannelView, Listening
from explorer.engine.scene import Piece, Scene
from vae.synthesis.edits import Edit, Voicing, no_edit
from vae.synthesis.recording import Recording


@dataclass(frozen=True, kw_only=True, eq=False)
class Wish:
    """What is wanted: a scene, the newest jump, and what the picture shows."""

    scene: Scene
    jump: Jump | None
    view: View

    def sounds_like(self, other: "Wish") -> bool:
        """True where only the picture differs."""
        return self.scene is other.scene and self.jump is other.jump

    def looks_like(self, other: "Wish") -> bool:
        """True where only the sound differs."""
        return self.view is other.view and self.scene.looks_like(other.scene)


class Wishes:
    """Makes of the wish there is, and of what is asked for now, the next one.

    Each method gives it, or None where nothing changes: before the first piece there is
    no wish, and what is asked for then is remembered. It knows no lock; its owner lets
    one thread in at a time.
    """

    def __init__(self) -> None:
        self._voicing = Voicing()
        self._listening: Listening = "edit"
        self._others: dict[Path, Recording] = {}
        self._view = View()
        self._stamp = 0

    def for_piece(
        self,
        before: Wish | None,
        piece: Piece,
        *,
        position: int | None,
        keep_offset: bool,
    ) -> Wish:
        """Another piece; see `Renderer.show`."""
        edit = replace(no_edit(piece.basis.latent_size), voicing=self._voicing)
        jump = None
        if before is not None:
            jump = before.jump
            if keep_offset and before.scene.edit.offset.shape == edit.offset.shape:
                edit = before.scene.edit
        if position is not None:
            jump = Jump(position=_clamped(position, piece))
        scene = self._scene(piece, edit, self._stamp, time.monotonic_ns())
        return Wish(scene=scene, jump=jump, view=self._view)

    def for_edit(
        self, before: Wish | None, edit: Edit, stamp: int, time_ns: int
    ) -> Wish | None:
        """Another edit; one of another latent size is passed over."""
        self._stamp = stamp
        self._voicing = edit.voicing
        if before is None or not edit.fits(before.scene.edit.offset.size):
            return None
        scene = self._scene(before.scene.piece, edit, stamp, time_ns)
        return replace(before, scene=scene)

    def for_listening(self, before: Wish | None, listening: Listening) -> Wish | None:
        """Something else to be heard at the same place."""
        self._listening = listening
        return self._renewed(before)

    def for_others(
        self, before: Wish | None, others: Mapping[Path, Recording]
    ) -> Wish | None:
        """Other recordings at hand as sources."""
        self._others = dict(others)
        return self._renewed(before)

    def for_channels(
        self, before: Wish | None, channels: ChannelView, stamp: int
    ) -> Wish | None:
        """Something else to be seen in the picture."""
        self._stamp = max(self._stamp, stamp)
        self._view = View(channels=channels, stamp=stamp)
        return None if before is None else replace(before, view=self._view)

    def for_position(self, before: Wish | None, position: int) -> Wish | None:
        """The playhead elsewhere."""
        if before is None:
            return None
        jump = Jump(position=_clamped(position, before.scene.piece))
        return replace(before, jump=jump)

    def _renewed(self, before: Wish | None) -> Wish | None:
        """The same edit, where something around it has changed."""
        if before is None:
            return None
        old = before.scene
        scene = self._scene(old.piece, old.edit, old.stamp, time.monotonic_ns())
        if (scene.listening, scene.other) == (old.listening, old.other):
            return None
        return replace(before, scene=scene)

    def _scene(self, piece: Piece, edit: Edit, stamp: int, time_ns: int) -> Scene:
        source = edit.voicing.source
        other = self._others.get(source) if isinstance(source, Path) else None
        return Scene(piece, edit, stamp, time_ns, self._listening, other)


def _clamped(position: int, piece: Piece) -> int:
    return min(max(0, position), piece.synthesis.samples)
