"""How tapes become one sound: layers that fade, an envelope that opens and closes.

All of it runs in the audio callback, on arrays made beforehand.
"""

import math

import numpy as np
from numpy.typing import NDArray

from explorer.engine.tape import FADE_SAMPLES, Loop, Tape
from vae.sound.layout import CHANNELS
from vae.sound.limiter import LIMIT_DB

BLOCK = 1_024  # samples worked on at once, at most
LAYERS = 4  # tapes that sound at once, at most
RAMP_SAMPLES = 662  # 15 ms: of play, pause and gain
GAIN_STEP = 1e-5  # a gain as near as this to its target is there

Floats = NDArray[np.float32]

_STEPS = np.arange(1, BLOCK + 1, dtype=np.float32)


class Layer:
    """A tape that sounds, at a position of its own."""

    def __init__(self, tape: Tape, position: int, loop: Loop | None) -> None:
        self.tape = tape
        self.position = position  # samples
        self.loop = loop
        self.faded = 0  # samples of its fade that are over

    def advance(self, count: int) -> None:
        """Go on, round the loop where there is one."""
        self.faded += count
        self.position += count
        if self.loop is not None:
            before = self.position - count
            self.position = self.tape.wrapped(before, count, self.loop)


class Mixer:
    """The layers, oldest first: each is laid over the mix of those before it.

    Attributes
    ----------
    tapes : tuple of Tape
        Those that sound.
    ceiling_db : float
        The highest of what they want of the limiter.
    """

    def __init__(self) -> None:
        self.tapes: tuple[Tape, ...] = ()
        self.ceiling_db = LIMIT_DB
        self._layers: list[Layer] = []
        self._voice = np.zeros((BLOCK, CHANNELS), np.float32)
        self._weights = np.zeros(BLOCK, np.float32)

    @property
    def top(self) -> Layer | None:
        """The newest layer; None before the first."""
        return self._layers[-1] if self._layers else None

    @property
    def full(self) -> bool:
        """True where a further layer has to wait for a fade to end."""
        return len(self._layers) >= LAYERS

    @property
    def remaining(self) -> int:
        """Samples until the song is at its end, played once, and every fade over."""
        top = self._layers[-1]
        left = top.tape.samples - top.position
        if len(self._layers) > 1:
            left = max(left, FADE_SAMPLES - top.faded)
        return max(0, left)

    def add(self, layer: Layer) -> None:
        """Fade to a layer."""
        self._layers.append(layer)
        self._list_tapes()

    def replace(self, layer: Layer) -> None:
        """Go to a layer at once; for silence only."""
        self._layers[:] = [layer]
        self._list_tapes()

    def mix(self, out: Floats) -> None:
        """Fill `out` (n, 2) with the mix, n ≤ BLOCK, and go on by n."""
        count = len(out)
        for index, layer in enumerate(self._layers):
            if index == 0:
                layer.tape.read(layer.position, out, loop=layer.loop)
            else:
                voice = self._voice[:count]
                layer.tape.read(layer.position, voice, loop=layer.loop)
                self._lay_over(out, voice, layer.faded)
            layer.advance(count)
        self._drop_covered()

    def _lay_over(self, out: Floats, voice: Floats, faded: int) -> None:
        count = min(len(out), FADE_SAMPLES - faded)
        out[count:] = voice[count:]
        out, voice, weights = out[:count], voice[:count], self._weights[:count]
        np.add(_STEPS[:count], faded, out=weights)
        np.multiply(weights, 1 / FADE_SAMPLES, out=weights)
        np.subtract(voice, out, out=voice)
        np.multiply(voice, weights[:, np.newaxis], out=voice)
        np.add(out, voice, out=out)

    def _drop_covered(self) -> None:
        for index in range(len(self._layers) - 1, 0, -1):
            if self._layers[index].faded >= FADE_SAMPLES:
                del self._layers[:index]
                self._list_tapes()
                return

    def _list_tapes(self) -> None:
        self.tapes = tuple(layer.tape for layer in self._layers)
        self.ceiling_db = max(tape.ceiling_db for tape in self.tapes)


class Envelope:
    """Opens and closes the sound over 15 ms, and follows the gain.

    Attributes
    ----------
    target_gain : float
        The factor to come to, 0 or more.
    muted : bool
        Where it is 0 instead.
    """

    def __init__(self) -> None:
        self.target_gain = 1.0
        self.muted = False
        self._gain = 1.0
        self._level = 0  # 0, closed, to RAMP_SAMPLES, open
        self._curve = np.zeros(BLOCK, np.float32)

    @property
    def closed(self) -> bool:
        """True where nothing is heard."""
        return self._level == 0

    def close(self) -> None:
        """Close at once; for silence only."""
        self._level = 0

    def reach(self, count: int, *, opening: bool) -> int:
        """How many of the next `count` samples are heard at all."""
        return count if opening else min(count, self._level)

    def shape(self, sound: Floats, *, opening: bool) -> None:
        """Open or close over `sound` (n, 2), n ≤ BLOCK, and bring it to its gain."""
        count = len(sound)
        steps = _STEPS[:count]
        curve = self._curve[:count]
        if not (opening and self._level == RAMP_SAMPLES):
            np.multiply(steps, 1.0 if opening else -1.0, out=curve)
            np.add(curve, self._level, out=curve)
            np.clip(curve, 0.0, RAMP_SAMPLES, out=curve)
            np.multiply(curve, 1 / RAMP_SAMPLES, out=curve)
            np.multiply(sound, curve[:, np.newaxis], out=sound)
            level = self._level + (count if opening else -count)
            self._level = min(max(level, 0), RAMP_SAMPLES)
        self._follow_gain(sound, curve)

    def _follow_gain(self, sound: Floats, curve: Floats) -> None:
        target = 0.0 if self.muted else self.target_gain
        if not len(sound) or math.isclose(self._gain, target, abs_tol=GAIN_STEP):
            self._gain = target
            if target != 1.0:
                np.multiply(sound, target, out=sound)
        else:
            change = (target - self._gain) * min(1.0, len(sound) / RAMP_SAMPLES)
            np.multiply(_STEPS[: len(sound)], change / len(sound), out=curve)
            np.add(curve, self._gain, out=curve)
            np.multiply(sound, curve[:, np.newaxis], out=sound)
            self._gain += change
