"""The Edit menu."""

from explorer.widgets.menus.action_spec import ActionSpec, Menu


def _step(verb: str, label: str | None) -> str:
    return verb if label is None else f"{verb}: {label}"


EDIT = Menu(
    title="Edit",
    specs=(
        ActionSpec(
            name="undo",
            text="&Undo",
            tip="Take back the last change of the sliders",
            keys=("Ctrl+Z",),
            icon="undo",
            needs_song=True,
            do=lambda session: session.undo(),
            able=lambda session: session.history.undo_label is not None,
            says=lambda session: _step("&Undo", session.history.undo_label),
        ),
        ActionSpec(
            name="redo",
            text="&Redo",
            tip="Do again what was taken back",
            keys=("Ctrl+Shift+Z", "Ctrl+Y"),
            icon="redo",
            needs_song=True,
            do=lambda session: session.redo(),
            able=lambda session: session.history.redo_label is not None,
            says=lambda session: _step("&Redo", session.history.redo_label),
        ),
        ActionSpec(
            name="take_back",
            text="&Bring back what was removed",
            tip="Take back what the message above tells of: a song, a bookmark, a "
            "slot, a name or locks that were removed or replaced",
            keys=("Ctrl+Alt+Z",),
            do=lambda session: session.messages.take_back(),
            able=lambda session: session.messages.undoable is not None,
        ),
        ActionSpec(
            name="copy",
            text="&Copy point",
            tip="Put the present point on the clipboard, as one line of text",
            keys=("Ctrl+C",),
            separated=True,
            needs_song=True,
        ),
        ActionSpec(
            name="copy_sound",
            text="Copy sound as a fi&le",
            tip="Put the loop, else the stretch in focus, else the whole song, as "
            "edited, on the clipboard as a file",
            keys=("Ctrl+Shift+C",),
            needs_song=True,
        ),
        ActionSpec(
            name="paste",
            text="&Paste",
            tip="Go to the point on the clipboard, or open the files it tells of",
            keys=("Ctrl+V",),
        ),
        ActionSpec(
            name="edit_stretch",
            text="&Edit this stretch alone",
            tip="Give the loop's stretch, or what lies at the playhead, an edit of its "
            "own, which the sliders then move",
            keys=("E",),
            separated=True,
            needs_song=True,
            do=lambda session: session.span_edits.edit_here(),
        ),
        ActionSpec(
            name="next_stretch",
            text="Ne&xt stretch",
            tip="Let the sliders move the next stretch, after the last the whole song",
            keys=("Shift+E",),
            needs_song=True,
            do=lambda session: session.span_edits.step_focus(),
            able=lambda session: bool(session.point.spans),
        ),
        ActionSpec(
            name="edit_whole",
            text="Edit the &whole song",
            tip="Let the sliders move all of the song but its stretches",
            keys=("W",),
            needs_song=True,
            do=lambda session: session.span_edits.focus_on(None),
            able=lambda session: session.point.focus is not None,
        ),
        ActionSpec(
            name="remove_stretch",
            text="Re&move this stretch",
            tip="Let the stretch that the sliders move go with the whole song again",
            keys=("Ctrl+Del",),
            needs_song=True,
            do=lambda session: session.span_edits.remove_focused(),
            able=lambda session: session.point.focus is not None,
        ),
        ActionSpec(
            name="find_slider",
            text="&Find a slider",
            tip="Find sliders by number or name; the others fade",
            keys=("Ctrl+F",),
            separated=True,
        ),
    ),
    signals=lambda session: (
        session.history.changed,
        session.point_changed,
        session.messages.changed,
    ),
)
