"""What to try first: one thing at a time, until it has been done once."""

from typing import TYPE_CHECKING, Literal, get_args

from psygnal import Signal

if TYPE_CHECKING:
    from explorer.session.session import Session

Lesson = Literal["play", "move", "compare", "ear"]

LESSONS: tuple[Lesson, ...] = get_args(Lesson)
WORDS: dict[Lesson, str] = {
    "play": "Space plays. Then drag a slider: the sound follows your hand.",
    "move": "Drag a slider: the sound follows your hand, and the picture the sound.",
    "compare": "O goes to the original and back, Ctrl+Z one step back, R is random.",
    "ear": "Shift+Y: sliders by ear. Each changes one thing: {things}, …",
}
PATIENCE = 12  # steps of the history: who comes so far needs no telling
EXAMPLES = 3  # of what is heard to change
LONGER = 24  # steps until the last lesson, too, is given up


class Guide:
    """Learns from what a person does what need not be told any more.

    Attributes
    ----------
    done : frozenset of Lesson
    """

    changed = Signal()

    def __init__(self, session: "Session") -> None:
        self.done: frozenset[Lesson] = frozenset()
        self._session = session
        session.playback.changed.connect(self._look)
        session.hearing.changed.connect(self._look)
        session.history.changed.connect(self._look)
        session.coordinates.changed.connect(self._look)

    @property
    def words(self) -> str:
        """What to try next; "" where all has been tried, or nothing can be."""
        if not self._session.ready:
            return ""
        model = self._session.model
        heard = [one.does.name for one in model.directions] if model is not None else []
        left = (one for one in LESSONS if one not in self.done)
        given = (one for one in left if heard or one != "ear")
        things = ", ".join(heard[:EXAMPLES])
        return next((WORDS[one].format(things=things) for one in given), "")

    def restore(self, names: list[str]) -> None:
        """Take over what was done earlier; unknown names are passed over."""
        self._learn(*(one for one in LESSONS if one in names))

    def _look(self) -> None:
        session = self._session
        if session.playback.playing:
            self._learn("play")
        if session.history.undo_label is not None:
            self._learn("move")
        history = session.history
        undone = history.redo_label is not None
        if undone or session.hearing.shows("original") or len(history.steps) > PATIENCE:
            self._learn("compare")
        if session.coordinates.kind == "ear" or len(history.steps) > LONGER:
            self._learn("ear")

    def _learn(self, *lessons: Lesson) -> None:
        done = self.done.union(lessons)
        if done != self.done:
            self.done = done
            self.changed.emit()
