"""Averaged weights: what is validated, kept as best and explored."""

import copy

import torch

from vae.network.model import Vae

EAGERNESS = 10  # the n-th average reaches back n / EAGERNESS of its steps at first
PERIOD = 5  # steps of which the weights after the last stand for all


class Average:
    """An exponential moving average of a network's weights (Polyak and Juditsky 1992).

    The running statistics of batch norms are averaged alike, so that they fit weights
    that lie between those of many steps. To go over all weights takes as long as to
    change them, so a few steps are taken in at once: of their weights the last ones
    stand for all.

    Parameters
    ----------
    model : Vae
        Where the average begins.
    decay : float
        What one step leaves of the average, 0 to just under 1; less in the first steps.
    """

    def __init__(self, model: Vae, decay: float) -> None:
        self.model = copy.deepcopy(model).eval().requires_grad_(requires_grad=False)
        self.decay = decay
        self.resume(0)

    def restart(self, model: Vae) -> None:
        """Begin anew with these weights."""
        self.model.load_state_dict(model.state_dict())
        self.resume(0)

    def resume(self, steps: int) -> None:
        """Go on with the average as it is, after so many steps, all taken in."""
        self.steps = steps
        self._waiting = 0  # steps since weights were taken in
        self._left = 1.0  # of the average, by those steps

    def update(self, model: Vae) -> None:
        """Take in the weights after one more step, with those of some steps to come."""
        self.steps += 1
        self._waiting += 1
        self._left *= min(self.decay, self.steps / (EAGERNESS + self.steps))
        if self._waiting == PERIOD:
            self.settle(model)

    @torch.no_grad()
    def settle(self, model: Vae) -> None:
        """Take in the weights after the last step, if they wait for more."""
        if self._waiting == 0:
            return
        mine, theirs = self.model.state_dict(), model.state_dict()
        floats = [name for name, t in mine.items() if t.is_floating_point()]
        torch._foreach_lerp_(
            [mine[name] for name in floats],
            [theirs[name] for name in floats],
            1 - self._left,
        )
        for name, tensor in mine.items():
            if not tensor.is_floating_point():
                tensor.copy_(theirs[name])
        self.resume(self.steps)
