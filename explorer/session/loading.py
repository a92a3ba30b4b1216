"""How a model and a song come to be open: at the start, on request, after a crash."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from explorer.engine.protocol import (
    Cancel,
    Command,
    ModelOpened,
    OpenModel,
    OpenSong,
    SongOpened,
)
from explorer.session.messages import Messages
from explorer.session.model import Model, opened_model
from explorer.session.song import Song, opened_song
from explorer.session.tasks import Task, TaskKind, Tasks
from vae.latents.names_file import Names

DEMO_SONG = "the demo song"
SHIPPED_MODEL = "the model"


class Loading:
    """Asks the engine for a model, then for a song, and takes what it answers.

    What cannot be opened at the start gives way to what comes with the program; later,
    what was open before stays. A new model is shown together with the song encoded
    anew, never with the path of the old one.

    Attributes
    ----------
    model : Model or None
    song : Song or None
    settled : bool
        True once the running engine has a model and a song.
    """

    def __init__(
        self,
        *,
        model_path: Path | None,
        song_path: Path | None,
        tasks: Tasks,
        messages: Messages,
        send: Callable[[Command], None],
    ) -> None:
        self.model: Model | None = None
        self.song: Song | None = None
        self.settled = False
        self._wanted_model = model_path
        self._wanted_song = song_path
        self._wanted_position = 0
        self._song_due = True  # the wanted one, rather than the one that is open
        self._model_due = False
        self._begun = False  # an engine is there to be asked
        self._arriving: Model | None = None
        self._tasks = tasks
        self._messages = messages
        self._send = send

    def begin(self) -> None:
        """A fresh engine is there: open what was open, or what is wanted."""
        self.settled, self._begun = False, True
        path = self._wanted_model
        if self.model is not None and not self._model_due:
            path = self.model.path
        self.open_model(path)

    def open_model(self, path: Path | None) -> None:
        """Ask for a model, instead of any other on its way."""
        name = path.name if path else SHIPPED_MODEL
        task = self._replace_task("model", path, f"Loading {name}…")
        self._send(OpenModel(request=task.request, path=path))

    def open_song(self, path: Path | None, position: int = 0) -> None:
        """Ask for a song, instead of any other on its way."""
        name = path.name if path else DEMO_SONG
        task = self._replace_task("song", path, f"Opening {name}…")
        self._send(OpenSong(request=task.request, path=path, position=position))

    def want_model(self, path: Path | None) -> None:
        """Ask for a model now, or once an engine is there."""
        self._wanted_model = path
        self._model_due = True
        if self._begun:
            self.open_model(path)

    def want_song(self, path: Path | None, position: int = 0) -> None:
        """Ask for a song now, or once there is a model to encode it."""
        self._wanted_song, self._wanted_position = path, position
        self._song_due = True
        if self._begun and self.model is not None:
            self.open_song(path, position)

    def take_model(self, event: ModelOpened, position: int) -> bool:
        """Take a model; True where it is to be shown now, before any song."""
        self._messages.clear("model")
        self._model_due = False
        self._arriving = opened_model(event)
        if self.settled:
            self._tasks.advance(event.request, 0.0, "Encoding the song for this model…")
            return False
        self._tasks.finish(event.request)
        path = self._wanted_song
        if self._song_due:
            position = self._wanted_position
        elif self.song is not None:
            path = self.song.path
        self._adopt_model()
        self.open_song(path, position)
        return True

    def take_names(self, names: Names) -> None:
        """It was found out what the axes of the model do that is open."""
        if self.model is not None:
            self.model = replace(
                self.model, traits=names.traits, directions=names.directions
            )

    def take_song(self, event: SongOpened) -> bool:
        """Take a song; True where a new model came with it."""
        self._messages.clear("song")
        task = self._tasks.finish(event.request)
        if task is None or (task.kind == "song" and not task.superseded):
            self._song_due = False
        self.settled = True
        self.song = opened_song(event)
        return self._adopt_model()

    def take_failure(self, task: Task) -> None:
        """Fall back to what comes with the program, where there is nothing else."""
        if task.superseded or task.path is None:
            return
        if task.kind == "song":
            self._song_due = False
        if task.kind == "song" and not self.settled:
            self.open_song(None)
        elif task.kind == "model" and not self.settled:
            self.open_model(None)

    def give_up(self, tasks: tuple[Task, ...]) -> None:
        """The engine is gone: want nothing again that may have been its end."""
        self.settled, self._begun, self._arriving = False, False, None
        if any(task.kind == "song" for task in tasks):
            self._wanted_song, self._song_due = None, False
        if any(task.kind == "model" for task in tasks):
            self._wanted_model, self._model_due = None, False

    def _adopt_model(self) -> bool:
        model, self._arriving = self._arriving, None
        if model is None:
            return False
        self.model = model
        if self.song is not None and self.song.latent_size != model.latent_size:
            self.song = None
        return True

    def _replace_task(self, kind: TaskKind, path: Path | None, label: str) -> Task:
        for task in self._tasks.supersede(kind):
            self._send(Cancel(request=task.request))
        return self._tasks.start(kind, path, label)
