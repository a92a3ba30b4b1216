"""Finding names for the sliders of a model that has none: by listening to songs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from psygnal import Signal

from explorer.session.messages import Offer
from explorer.session.training.runs import Run
from vae.errors import CheckpointError
from vae.files import is_file
from vae.latents.basis import LatentBasis
from vae.latents.names_file import Names
from vae.training.options import OPTIONS

if TYPE_CHECKING:
    from explorer.session.session import Session

LABEL = "Finding names for the sliders…"
TIP = "Listen to some songs, and call each slider after what it does to them"


@dataclass(frozen=True, kw_only=True)
class FindNames:
    """Listen to what the axes of a model do, and write it into its file."""

    model: Path
    songs: tuple[Path, ...]  # none: those of the run it lies in


@dataclass(frozen=True)
class StopFinding:
    """Give that up."""


Request = FindNames | StopFinding


class Naming:
    """Says by `requested` what is to be found out, and takes over what was.

    A model of a run is heard on the run's own songs, any other on those that are open.
    Names that a person gave stay in front of those that are found.
    """

    requested = Signal(object)
    changed = Signal()

    def __init__(
        self,
        session: "Session",
        read_basis: Callable[[Path], LatentBasis],
        read_names: Callable[[Path], Names],
    ) -> None:
        self._session = session
        self._read_basis = read_basis
        self._read_names = read_names
        self._request: int | None = None  # number of the task
        self._model = Path()  # that it is about
        self._offered: set[str] = set()  # hashes of models
        session.model_changed.connect(self._offer)
        session.song_changed.connect(self._offer)  # at the start it comes last
        session.training.runs.changed.connect(self._look_at_run)
        session.tasks.changed.connect(self._notice_end)

    @property
    def under_way(self) -> bool:
        """True while names are looked for."""
        return self._request is not None

    @property
    def wanting(self) -> bool:
        """True where the model that is open has no names, and can be given some now."""
        model = self._session.model
        if model is None or self.under_way or not self._session.ready:
            return False
        if model.traits and model.directions:
            return False
        if model.path in [one.path for one in self._session.shipped]:
            return False
        run = self._session.training.runs.find(model.path.parent)
        return run is None or not run.live  # else it is named when it is done

    @property
    def wanting_run(self) -> bool:
        """True where the same holds of the run that is looked at."""
        run = self._session.training.runs.shown
        return run is not None and run.nameless and not self.under_way

    def find(self) -> None:
        """Find names for the model that is open."""
        model = self._session.model
        if model is not None and self.wanting:
            self._find(model.path)

    def find_of_run(self) -> None:
        """Find names for the model of the run that is looked at."""
        self._find_of(self._session.training.runs.chosen)

    def offer_for(self, run: Run) -> None:
        """Say so where a run has just left a model without names."""
        if run.nameless and not self.under_way:
            self._suggest(
                f"The sliders of {run.name}", partial(self._find_of, run.folder)
            )

    # ------------------------------------------------------------ the process's side

    def advance(self, share: float, label: str) -> None:
        """Take over how far it has come, 0 to 1, and with what."""
        if self._request is not None:
            self._session.tasks.advance(self._request, share, label)

    def finish(self, fault: str) -> None:
        """It is over: with names in the file, or else with a fault, in a sentence."""
        request, self._request = self._request, None
        if request is None:
            return
        self._session.tasks.finish(request)
        messages, model = self._session.messages, self._session.model
        if fault:
            messages.error("names", f"No names were found for the sliders. {fault}")
        elif model is not None and model.path == self._model and self._take_over():
            messages.notice("names", self._found)
        else:
            messages.notice(
                "names",
                f"The sliders of {self._model.parent.name}/{self._model.name} have "
                "names now.",
            )
        self._session.training.look_again()
        self.changed.emit()

    # ------------------------------------------------------------ inside

    @property
    def _found(self) -> str:
        """What was found out of the model that is open, in a sentence."""
        model = self._session.model
        traits = () if model is None else model.traits
        directions = () if model is None else model.directions
        named = sum(bool(one.name) for one in traits)
        if not named:
            return "No slider of this model does enough to be called after it."
        by_ear = ", ".join(one.does.name for one in directions)
        more = f" By ear there are: {by_ear}." * bool(by_ear)
        return f"{named} of {len(traits)} sliders have a name now.{more}"

    def _find(self, model: Path) -> None:
        session = self._session
        self._model = model
        self._request = session.tasks.start("names", model, LABEL).request
        session.messages.clear("names")
        self.requested.emit(FindNames(model=model, songs=self._songs(model)))
        self.changed.emit()

    def _songs(self, model: Path) -> tuple[Path, ...]:
        """Those that are open, unless the run that the model lies in has its own."""
        run = self._session.training.runs.find(model.parent)
        lies_in_run = is_file(model.parent / OPTIONS)
        if lies_in_run and (run is None or run.song is not None):
            return ()
        return tuple(one.path for one in self._session.songs.entries)

    def _offer(self) -> None:
        """Say so where a model is opened that nobody has listened to."""
        model = self._session.model
        if model is None or model.has_names or not self.wanting:
            return
        if model.model_hash in self._offered:
            return
        self._offered.add(model.model_hash)
        self._suggest("The sliders of this model", self.find)

    def _suggest(self, whose: str, find: Callable[[], object]) -> None:
        self._session.messages.suggestion(
            "names",
            f"{whose} have no names yet. Finding out what each does takes about half a "
            "minute; all else goes on meanwhile.",
            Offer(text="Find names", tip=TIP, do=find),
        )

    def _find_of(self, folder: Path | None) -> None:
        run = self._session.training.runs.find(folder)
        if run is None or run.checkpoint is None or self.under_way:
            return
        if run.nameless:
            self._find(run.checkpoint)

    def _look_at_run(self) -> None:
        """Take over what a run has found out of the model that is open."""
        model = self._session.model
        if model is None or model.has_names:
            return
        run = self._session.training.runs.find(model.path.parent)
        if run is not None and run.named and run.checkpoint == model.path:
            self._take_over()

    def _take_over(self) -> bool:
        """Let the open model have the names in its file; False where it is another."""
        session, model = self._session, self._session.model
        if model is None:
            return False
        try:
            names, basis = self._read_names(model.path), self._read_basis(model.path)
        except CheckpointError:
            return False
        if not names.traits or not model.is_of(basis):
            return False
        session.loading.take_names(names)
        session.names.show_model(model.model_hash, names.traits)
        session.coordinates.take_directions()
        self.changed.emit()
        return True

    def _notice_end(self) -> None:
        """The person has given it up."""
        if self._request is None or self._session.tasks.find(self._request):
            return
        self._request = None
        self.requested.emit(StopFinding())
        self.changed.emit()
