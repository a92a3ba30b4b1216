"""The Sound menu: what is filtered, what is heard, and writing it down."""

from explorer.widgets.menus.action_spec import ActionSpec, Menu

DETAIL_STEP = 0.1

SOUND = Menu(
    title="Sound",
    specs=(
        ActionSpec(
            name="source_song",
            text="Source: the &song",
            tip="The sliders filter the song itself",
            keys=("Ctrl+1",),
            icon="song",
            needs_song=True,
            do=lambda session: session.sources.choose("song"),
            checked=lambda session: session.point.source == "song",
        ),
        ActionSpec(
            name="source_noise",
            text="Source: &noise",
            tip="The sliders filter noise: what is heard is the model alone",
            keys=("Ctrl+2",),
            icon="noise",
            needs_song=True,
            do=lambda session: session.sources.choose("noise"),
            checked=lambda session: session.point.source == "noise",
        ),
        ActionSpec(
            name="source_tones",
            text="Source: &tones",
            tip="The sliders filter steady tones: the model alone, with pitch",
            keys=("Ctrl+3",),
            icon="tones",
            needs_song=True,
            do=lambda session: session.sources.choose("tones"),
            checked=lambda session: session.point.source == "tones",
        ),
        ActionSpec(
            name="source_file",
            text="Source: another &file…",
            tip="The sliders filter another recording, as this song would have it; or "
            "drop one with Alt held down",
            keys=("Ctrl+4",),
            icon="file",
            needs_song=True,
            checked=lambda session: session.sources.is_file,
        ),
        ActionSpec(
            name="more_detail",
            text="&More detail",
            tip="More of the source, less noise",
            keys=("Ctrl+Alt+Up",),
            needs_song=True,
            separated=True,
            do=lambda session: session.sources.add_detail(DETAIL_STEP),
            able=lambda session: session.point.voicing.detail < 1.0,
        ),
        ActionSpec(
            name="less_detail",
            text="&Less detail",
            tip="Less of the source, more noise",
            keys=("Ctrl+Alt+Down",),
            needs_song=True,
            do=lambda session: session.sources.add_detail(-DETAIL_STEP),
            able=lambda session: session.point.voicing.detail > 0.0,
        ),
        ActionSpec(
            name="highs_follow",
            text="&Highs follow the edit",
            tip="What lies above the model's band grows and shrinks with the octave "
            "below it; else it passes untouched",
            keys=("Ctrl+Alt+H",),
            needs_song=True,
            do=lambda session: session.sources.set_highs_follow(
                not session.point.voicing.highs_follow
            ),
            checked=lambda session: session.point.voicing.highs_follow,
        ),
        ActionSpec(
            name="hear_edit",
            text="Hear the &edit",
            tip="Hear what the sliders make of the song",
            keys=("I",),
            icon="edit",
            needs_song=True,
            separated=True,
            do=lambda session: session.hearing.choose("edit"),
            able=lambda session: not session.hearing.blind,
            checked=lambda session: session.hearing.shows("edit"),
        ),
        ActionSpec(
            name="hear_original",
            text="Hear the &original",
            tip="Hear the recording as it is, at the same place and as loud as the "
            "edit; once more for the edit",
            keys=("O",),
            icon="original",
            needs_song=True,
            do=lambda session: session.hearing.toggle("original"),
            able=lambda session: not session.hearing.blind,
            checked=lambda session: session.hearing.shows("original"),
        ),
        ActionSpec(
            name="hear_model",
            text="Hear the mo&del's own idea",
            tip="Hear what the model makes of the song by itself, from noise; once "
            "more for the edit",
            keys=("Shift+O",),
            icon="model",
            needs_song=True,
            do=lambda session: session.hearing.toggle("reconstruction"),
            able=lambda session: not session.hearing.blind,
            checked=lambda session: session.hearing.shows("reconstruction"),
        ),
        ActionSpec(
            name="blind_test",
            text="&Blind test…",
            tip="Find out whether there is a difference to be heard: A, B and X",
            keys=("Ctrl+Shift+B",),
            needs_song=True,
        ),
        ActionSpec(
            name="record",
            text="&Record what I hear",
            tip="Write everything that is heard to a file, until this is chosen again",
            keys=("Ctrl+Shift+R",),
            icon="record",
            needs_song=True,
            separated=True,
            do=lambda session: session.recorder.toggle(),
            able=lambda session: not session.recorder.finishing,
            checked=lambda session: session.recorder.on,
        ),
    ),
    signals=lambda session: (
        session.history.changed,
        session.sources.changed,
        session.hearing.changed,
        session.recorder.changed,
    ),
)
