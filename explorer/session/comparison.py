"""What the picture is compared with, and the pictures kept for it.

Letters: F frames of the song, K kept coefficients.
"""

from collections import OrderedDict
from typing import TYPE_CHECKING, Literal

from psygnal import Signal

from explorer.engine.protocol import ChannelView
from explorer.session.picture import Pixels
from explorer.session.point import LatentPoint, origin

if TYPE_CHECKING:
    from explorer.session.session import Session

ComparisonKind = Literal["none", "song", "before"]
Shown = tuple[LatentPoint, ChannelView]

PICTURES = 8  # kept, beside those of the song at its own point


class Comparison:
    """Keeps finished pictures, and finds the one the present picture differs from.

    The pictures are those a person has come past: nothing is drawn only to be compared
    with, for that would change the sound.

    Attributes
    ----------
    kind : "none", "song" or "before"
        The song at its own point, or the point before the last step of the history.
    reference : (F, K) uint8, or None
        What to compare with; None while nothing is, or where it is not there.
    """

    changed = Signal()

    def __init__(self, session: "Session") -> None:
        self._session = session
        self.kind: ComparisonKind = "none"
        self.reference: Pixels | None = None
        self._kept: OrderedDict[Shown, Pixels] = OrderedDict()
        self._said: tuple[ComparisonKind, str] = ("none", "")
        session.picture.replaced.connect(self._forget)
        session.picture.rows_changed.connect(self._keep)
        session.point_changed.connect(self._look)
        session.history.changed.connect(self._look)
        session.view.changed.connect(self._look)

    @property
    def title(self) -> str:
        """What the difference is from; "" where there is none to be seen."""
        if self.reference is None:
            return ""
        what = "the song" if self.kind == "song" else "the step before"
        return f"Difference from {what}"

    @property
    def remark(self) -> str:
        """Why there is no difference to be seen, in a sentence; "" where there is."""
        sought = self._sought
        if self.kind == "none":
            return ""
        if sought is None:
            return "Nothing has been changed yet."
        if sought == self._session.point:
            return "No difference: the sliders stand where the song is."
        if self.reference is not None:
            return ""
        if self.kind == "song":
            return (
                "The song's own picture is not known yet: it is kept when the sliders "
                "are reset (Ctrl+R)."
            )
        return "The picture before this step is not there: the step came too soon."

    def compare(self, kind: ComparisonKind) -> None:
        """Compare with something else, or with nothing."""
        if kind != self.kind:
            self.kind = kind
            self._look()

    def toggle(self, kind: ComparisonKind) -> None:
        """Compare with this, or with nothing where that is compared with already."""
        self.compare("none" if kind == self.kind else kind)

    @property
    def _sought(self) -> LatentPoint | None:
        """The point to compare with."""
        history = self._session.history
        if self.kind == "song":
            return origin(history.point.latent_size, history.point.voicing)
        if self.kind == "before" and history.index > 0:
            return history.steps[history.index - 1].point
        return None

    def _keep(self, _: int, __: int) -> None:
        session = self._session
        told = session.orders.told  # not always the session's point: see Audition
        if not session.picture_current or told is None:
            return
        shown = (told, session.view.channels)
        self._kept[shown] = session.picture.pixels.copy()
        self._kept.move_to_end(shown)
        moved = [one for one in self._kept if one[0].moved]
        for oldest in moved[:-PICTURES]:
            del self._kept[oldest]
        self._look()

    def _forget(self) -> None:
        self._kept.clear()
        self._look()

    def _look(self) -> None:
        sought, before = self._sought, self.reference
        self.reference = None
        if sought is not None:
            self.reference = self._kept.get((sought, self._session.view.channels))
        said, self._said = self._said, (self.kind, self.remark)
        if self.reference is not before or said != self._said:
            self.changed.emit()
