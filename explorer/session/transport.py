"""The verbs of playing: what a person does to the playhead and the sound."""

from typing import TYPE_CHECKING

from explorer.engine.protocol import Pause, Play, Seek, SetGain
from explorer.session.playback import SHORTEST_LOOP_S

if TYPE_CHECKING:
    from explorer.session.session import Session


class Transport:
    """Plays, stops, seeks and loops; what came of it is read from `Playback`."""

    def __init__(self, session: "Session") -> None:
        self._session = session

    @property
    def position_s(self) -> float:
        """Seconds from the start of the song to the playhead."""
        song = self._session.song
        rate = song.sample_rate if song else 0
        return self._session.playback.position / rate if rate else 0.0

    @property
    def region_s(self) -> tuple[float, float] | None:
        """The stretch that is played round and round, seconds; None: the song."""
        song, region = self._session.song, self._session.playback.region
        if song is None or region is None:
            return None
        return region[0] / song.sample_rate, region[1] / song.sample_rate

    def play(self) -> None:
        """Play on from the playhead."""
        if self._session.ready:
            self._session.playback.set_playing(True)
            self._session.orders.send(Play())

    def pause(self) -> None:
        """Stop, and stay."""
        self._session.playback.set_playing(False)
        self._session.orders.send(Pause())

    def stop(self) -> None:
        """Stop, and go back to the start."""
        self.pause()
        self.seek(0.0)

    def toggle_playing(self) -> None:
        """Play if paused, pause if playing."""
        if self._session.playback.playing:
            self.pause()
        else:
            self.play()

    def seek(self, position_s: float) -> None:
        """Move the playhead, within the song."""
        session, song = self._session, self._session.song
        if song is not None and session.ready:
            held_s = min(max(position_s, 0.0), song.duration_s)
            position = min(round(held_s * song.sample_rate), song.samples)
            session.playback.place(position)
            session.orders.send(Seek(position=position))

    def skip(self, seconds: float) -> None:
        """Move the playhead on, or back where it is less than zero."""
        self.seek(self.position_s + seconds)

    def set_loop(self, loop: bool) -> None:
        """Play the song round and round, or stop at its end."""
        self._session.playback.set_loop(loop)
        self._session.orders.tell_loop(self._session.playback)

    def set_loop_region(self, start_s: float, stop_s: float) -> None:
        """Play a stretch of the song round and round; one too short stays as it was."""
        session, song = self._session, self._session.song
        if song is not None and session.ready:
            rate, last = song.sample_rate, song.samples
            ends = sorted((round(start_s * rate), round(stop_s * rate)))
            start, stop = (min(max(end, 0), last) for end in ends)
            if stop - start >= SHORTEST_LOOP_S * rate:
                session.playback.set_region((start, stop))
                self.set_loop(True)

    def loop_from_here(self) -> None:
        """Let the stretch begin at the playhead; its end stays where it lies after."""
        song, region_s = self._session.song, self.region_s
        if song is not None:
            here_s, stop_s = self.position_s, song.duration_s
            if region_s is not None and region_s[1] > here_s + SHORTEST_LOOP_S:
                stop_s = region_s[1]
            self.set_loop_region(here_s, stop_s)

    def loop_to_here(self) -> None:
        """Let the stretch end at the playhead; its start stays where it lies before."""
        here_s, region_s = self.position_s, self.region_s
        start_s = 0.0
        if region_s is not None and region_s[0] < here_s - SHORTEST_LOOP_S:
            start_s = region_s[0]
        self.set_loop_region(start_s, here_s)

    def clear_loop_region(self) -> None:
        """Forget the stretch, and loop no more."""
        if self._session.playback.region is not None:
            self._session.playback.set_region(None)
            self.set_loop(False)

    def set_gain_db(self, gain_db: float) -> None:
        """Set how loud it is played, not how loud it is exported."""
        self._session.playback.set_gain_db(gain_db)
        gain_db = self._session.playback.gain_db
        self._session.orders.send(SetGain(gain_db=gain_db))

    def turn_up(self, gain_db: float) -> None:
        """Play louder by so much, or quieter where it is less than zero."""
        self.set_gain_db(self._session.playback.gain_db + gain_db)
