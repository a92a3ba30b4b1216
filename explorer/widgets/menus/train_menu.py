"""The Train menu."""

from explorer.session.session import Session
from explorer.widgets.menus.action_spec import ActionSpec, Menu


def _shown(session: Session) -> bool:
    return session.training.runs.shown is not None


def _live(session: Session) -> bool:
    run = session.training.runs.shown
    return run is not None and run.live


def _stoppable(session: Session) -> bool:
    run = session.training.runs.shown
    return run is not None and run.live and run.wish != "stop"


def _resting(session: Session) -> bool:
    run = session.training.runs.shown
    return run is not None and (run.resting or not run.live)


def _explorable(session: Session) -> bool:
    run = session.training.runs.shown
    return run is not None and run.checkpoint is not None


def _audible(session: Session) -> bool:
    run = session.training.runs.shown
    return run is not None and run.checkpoint is not None and run.song is not None


TRAIN = Menu(
    title="Train",
    specs=(
        ActionSpec(
            name="train_page",
            text="&Train a model",
            tip="Train a model on songs of your own; again to come back",
            keys=("Ctrl+T",),
            checkable=True,
        ),
        ActionSpec(
            name="train_add",
            text="&Add a folder of songs…",
            tip="Choose a folder of songs to train on; folders can be dropped, too",
            keys=("Ctrl+Shift+F",),
            separated=True,
        ),
        ActionSpec(
            name="train_start",
            text="&Start training",
            tip="Train a new model on these songs, in the background",
            keys=("Ctrl+Shift+T",),
            icon="play",
            do=lambda session: session.training.start(),
            able=lambda session: session.training.can_start,
        ),
        ActionSpec(
            name="train_pause",
            text="&Pause training",
            tip="Let the run rest, and give its processor time back",
            keys=("Ctrl+Shift+P",),
            icon="pause",
            separated=True,
            do=lambda session: session.training.go_on_or_rest(),
            able=lambda session: session.training.can_go_on_or_rest,
            says=lambda session: (
                "&Go on training" if _resting(session) else "&Pause training"
            ),
            tells=lambda session: (
                "Go on where the run stands"
                if _resting(session)
                else "Let the run rest, and give its processor time back"
            ),
            shows=lambda session: "play" if _resting(session) else "pause",
        ),
        ActionSpec(
            name="train_stop",
            text="Stop and &keep the best",
            tip="End the run after the step it is at, and keep its best model",
            keys=("Ctrl+Shift+K",),
            icon="stop",
            do=lambda session: session.training.stop(),
            able=_stoppable,
        ),
        ActionSpec(
            name="train_hear",
            text="&Hear it",
            tip="Play a song it was not trained on through its best weights so far, "
            "while it trains on",
            keys=("Ctrl+Shift+H",),
            icon="gain",
            separated=True,
            do=lambda session: session.training.hear(),
            able=_audible,
        ),
        ActionSpec(
            name="train_follow",
            text="Take up &better weights as they come",
            tip="Each time the run that is heard gets better, hear the better model",
            keys=("Ctrl+Shift+W",),
            do=lambda session: session.training.set_following(
                not session.training.following
            ),
            checked=lambda session: session.training.following,
        ),
        ActionSpec(
            name="train_explore",
            text="&Explore this model",
            tip="Open the best model of the run in the explorer; the run goes on",
            keys=("Ctrl+Shift+E",),
            icon="model",
            able=_explorable,
        ),
        ActionSpec(
            name="train_names",
            text="Find &names for the sliders",
            tip="Listen to songs of the run, and call the sliders of its model after "
            "what they do to them; it takes about half a minute, in the background",
            keys=("Ctrl+Shift+N",),
            icon="names",
            do=lambda session: session.naming.find_of_run(),
            able=lambda session: session.naming.wanting_run,
        ),
        ActionSpec(
            name="train_folder",
            text="Show the &folder of the run",
            tip="See the files of the run: models, log and pictures",
            keys=("Ctrl+Shift+J",),
            separated=True,
            able=_shown,
        ),
        ActionSpec(
            name="train_remove",
            text="Move the run to the t&rash…",
            tip="Be rid of a run that is not under way, with its model",
            keys=("Ctrl+Shift+Del",),
            able=lambda session: _shown(session) and not _live(session),
        ),
        ActionSpec(
            name="train_runs_folder",
            text="Keep r&uns in…",
            tip="Choose the folder in which runs are looked for, and new ones made",
            keys=("Ctrl+Shift+G",),
        ),
    ),
    signals=lambda session: (
        session.training.songs.changed,
        session.training.runs.changed,
        session.training.runs.chosen_changed,
        session.training.following_changed,
        session.naming.changed,
    ),
)
