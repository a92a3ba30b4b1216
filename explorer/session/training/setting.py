"""The numbers of a plan: what each does, in plain words, and what makes sense."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One number of a plan, and what there is to say of it.

    Attributes
    ----------
    name : str
        The field of `Plan`.
    title : str
        What it is called.
    tip : str
        What it does, in plain words.
    lowest, highest : float
        What makes sense.
    step : float
        One step of the arrows; a factor where the setting is `by_factor`.
    decimals : int
        Figures after the point; 0 for whole numbers.
    by_factor : bool
        True where it is made larger and smaller by a factor.
    unit : str
    """

    name: str
    title: str
    tip: str
    lowest: float
    highest: float
    step: float
    decimals: int = 0
    by_factor: bool = False
    unit: str = ""

    def held(self, value: float) -> float:
        """The value, within what makes sense."""
        value = min(max(value, self.lowest), self.highest)
        return round(value, self.decimals) if self.decimals else round(value)


SETTINGS = (
    Setting(
        name="epochs",
        title="Epochs",
        tip="How many rounds to train. More learns more, each a little less; the best "
        "round is kept, so too many costs nothing but time",
        lowest=1,
        highest=10_000,
        step=10,
    ),
    Setting(
        name="samples_per_epoch",
        title="Samples an epoch",
        tip="How many random stretches of 128 seconds are learned from in each round, "
        "before the held-out songs are looked at",
        lowest=1,
        highest=10_000,
        step=10,
    ),
    Setting(
        name="batch_size",
        title="Batch",
        tip="How many stretches are learned from at once. Larger batches are steadier "
        "and need more memory; halve it where memory runs out",
        lowest=1,
        highest=256,
        step=1,
    ),
    Setting(
        name="learning_rate",
        title="Learning rate",
        tip="How far each step goes. Too small takes for ever, too large never "
        "settles; halve it where the curve jumps about",
        lowest=0.00001,
        highest=0.01,
        step=1.25,
        decimals=6,
        by_factor=True,
    ),
    Setting(
        name="beta",
        title="Beta (β)",
        tip="How much order the latent space must keep. Too small and random points "
        "sound wrong, too large and sliders do nothing",
        lowest=0.0,
        highest=16.0,
        step=0.1,
        decimals=2,
    ),
    Setting(
        name="overlap",
        title="Overlap",
        tip="Samples that each frame shares with the next. 0 is the original "
        "transform, which crackles; songs are prepared anew for each value",
        lowest=0,
        highest=5_512,
        step=256,
        unit=" samples",
    ),
)
BY_NAME = {one.name: one for one in SETTINGS}
