"""The Point menu."""

from explorer.session.session import Session
from explorer.session.slots import OTHER, SLOT_NAMES, SlotName
from explorer.widgets.menus.action_spec import ActionSpec, Menu


def _slot(name: SlotName) -> ActionSpec:
    def tip(session: Session) -> str:
        if session.slots[name] is None:
            return f"Keep this point in slot {name}"
        return f"Go to slot {name}; Shift+{name} keeps this point"

    return ActionSpec(
        name=f"slot_{name.lower()}",
        text=f"Slot &{name}",
        tip=f"Go to slot {name}; keep this point there if it is empty",
        keys=(name,),
        separated=name == SLOT_NAMES[0],
        needs_song=True,
        do=lambda session: session.slots.go_or_keep(name),
        checked=lambda session: session.slots[name] == session.point,
        tells=tip,
    )


def _keep(name: SlotName) -> ActionSpec:
    return ActionSpec(
        name=f"keep_{name.lower()}",
        text=f"Keep in {name}",
        tip=f"Keep this point in slot {name}",
        keys=(f"Shift+{name}",),
        needs_song=True,
        do=lambda session: session.slots.keep(name),
    )


def _copy(name: SlotName) -> ActionSpec:
    other = OTHER[name]
    return ActionSpec(
        name=f"copy_{name.lower()}",
        text=f"Copy {name} to {other}",
        tip=f"Keep in {other} what {name} holds",
        keys=(f"Ctrl+Alt+{name}",),
        needs_song=True,
        do=lambda session: session.slots.copy(name),
        able=lambda session: session.slots[name] is not None,
    )


POINT = Menu(
    title="Point",
    specs=(
        ActionSpec(
            name="random",
            text="&Random point",
            tip="Go to a random point of the training songs' own cloud",
            keys=("R",),
            icon="random",
            needs_song=True,
            do=lambda session: session.tools.randomize(),
        ),
        ActionSpec(
            name="mutate",
            text="&Mutate",
            tip="Go to a random point near the present one",
            keys=("Shift+R",),
            icon="mutate",
            needs_song=True,
            do=lambda session: session.tools.mutate(),
        ),
        ActionSpec(
            name="mean",
            text="To the m&ean",
            tip="Go part of the way to the mean of the training songs",
            keys=("T",),
            icon="mean",
            needs_song=True,
            do=lambda session: session.tools.pull_to_mean(),
        ),
        ActionSpec(
            name="reset",
            text="Re&set all sliders",
            tip="Put every slider that is not locked back to the song's own value",
            keys=("Ctrl+R",),
            icon="reset",
            needs_song=True,
            do=lambda session: session.tools.reset(),
            able=lambda session: session.point.moved,
        ),
        ActionSpec(
            name="unlock_all",
            text="&Unlock all sliders",
            tip="Let the tools move every slider again",
            keys=("Ctrl+U",),
            separated=True,
            needs_song=True,
            do=lambda session: session.coordinates.unlock_all(),
            able=lambda session: bool(session.coordinates.locks.locked),
        ),
        ActionSpec(
            name="axes",
            text="Sliders: &principal axes",
            tip="Let the sliders be the directions in which the songs differ most, the "
            "most important first",
            keys=("Shift+X",),
            separated=True,
            needs_song=True,
            do=lambda session: session.coordinates.choose("axes"),
            checked=lambda session: session.coordinates.kind == "axes",
        ),
        ActionSpec(
            name="ear",
            text="Sl&iders: by ear",
            tip="Let each of the first sliders change one thing that is heard, such as "
            "brightness, and hardly what those before it do; the others do the rest. "
            "A model without them gets them by Find names for the sliders",
            keys=("Shift+Y",),
            needs_song=True,
            do=lambda session: session.coordinates.choose("ear"),
            able=lambda session: session.coordinates.audible,
            checked=lambda session: session.coordinates.kind == "ear",
        ),
        ActionSpec(
            name="latents",
            text="Sliders: raw &latents",
            tip="Let the sliders be the model's own latents, or the axes again; the "
            "point stays where it is",
            keys=("X",),
            needs_song=True,
            do=lambda session: session.coordinates.toggle(),
            checked=lambda session: session.coordinates.kind == "latents",
        ),
        ActionSpec(
            name="find_names",
            text="Find &names for the sliders",
            tip="Of a model without: listen to songs, call each slider after what it "
            "does to them, and find the directions by ear; it takes about half a "
            "minute, in the background, and your own names stay in front",
            keys=("Ctrl+Alt+N",),
            needs_song=True,
            do=lambda session: session.naming.find(),
            able=lambda session: session.naming.wanting,
        ),
        *(_slot(name) for name in SLOT_NAMES),
        *(_keep(name) for name in SLOT_NAMES),
        ActionSpec(
            name="swap",
            text="S&wap A and B",
            tip="Exchange what the slots hold",
            keys=("Ctrl+Shift+A",),
            icon="swap",
            needs_song=True,
            do=lambda session: session.slots.swap(),
            able=lambda session: session.slots.any,
        ),
        *(_copy(name) for name in SLOT_NAMES),
        ActionSpec(
            name="clear_slots",
            text="Empt&y A and B",
            tip="Forget what the slots hold",
            keys=("Ctrl+Backspace",),
            needs_song=True,
            do=lambda session: session.slots.clear(),
            able=lambda session: session.slots.any,
        ),
        ActionSpec(
            name="bookmark",
            text="Boo&kmark…",
            tip="Give this point a name, to come back to",
            keys=("Ctrl+B",),
            icon="bookmark",
            separated=True,
            needs_song=True,
        ),
    ),
    signals=lambda session: (
        session.history.changed,
        session.slots.changed,
        session.locks.changed,
        session.coordinates.changed,
        session.naming.changed,
        session.training.runs.changed,
        session.model_changed,
    ),
)
