"""The Help menu."""

from explorer.widgets.menus.action_spec import ActionSpec, Menu

HELP = Menu(
    title="Help",
    specs=(
        ActionSpec(
            name="keyboard",
            text="&Keyboard and mouse",
            tip="Every key and what it does",
            keys=("F1",),
        ),
        ActionSpec(
            name="about",
            text="&About",
            tip="What this program is",
            keys=("Ctrl+F1",),
        ),
    ),
)
