"""Averaged weights: what is validated, kept as best and explored."""

import copy

import torch

from vae.network.model import Vae

EAGERNESS = 10  # the n-th average reaches back n / EAGERNESS of its steps at first


class Average:
    """An exponential moving average of a network's weights (Polyak and Juditsky 1992).

    The running statistics of batch norms are averaged alike, so that they fit weights
    that lie between those of many steps.

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
        self.steps = 0

    def restart(self, model: Vae) -> None:
        """Begin anew with these weights."""
        self.model.load_state_dict(model.state_dict())
        self.steps = 0

    @torch.no_grad()
    def update(self, model: Vae) -> None:
        """Take in the weights after one more step."""
        self.steps += 1
        decay = min(self.decay, self.steps / (EAGERNESS + self.steps))
        mine, theirs = self.model.state_dict(), model.state_dict()
        floats = [name for name, t in mine.items() if t.is_floating_point()]
        torch._foreach_lerp_(
            [mine[name] for name in floats],
            [theirs[name] for name in floats],
            1 - decay,
        )
        for name, tensor in mine.items():
            if not tensor.is_floating_point():
                tensor.copy_(theirs[name])
