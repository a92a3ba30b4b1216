"""Stands in for `dctvae train`: writes a run folder as it does, and learns nothing.

As a program: `fake_training.py BEHAVIOUR train --out RUN --resume --json`, where the
behaviour is one of "obeys", "is slow", "is killed", "has no memory", "refuses". One
that is slow has something wished of it before it has begun.
"""

import os
import signal
import sys
import time
from pathlib import Path

from vae.training import control
from vae.training.reader import BEST, LOG
from vae.training.records import Baselines, End, Epoch, Losses, Record, Start, to_line
from vae.training.status import State, Status, write_status

EPOCHS = 500
EPOCH_S = 0.03


class Run:
    """The folder, and what is written into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.done = 0

    def tell(self, record: Record) -> None:
        with (self.folder / LOG).open("a") as log:
            log.write(to_line(record, time.time()))

    def say(self, state: State, sentence: str = "") -> None:
        status = Status(
            state=state, sentence=sentence, epochs_done=self.done, epochs=EPOCHS
        )
        write_status(self.folder, status)

    def start(self) -> None:
        self.say("running")
        self.tell(
            Start(
                first_epoch=0,
                epochs=EPOCHS,
                steps_per_epoch=1,
                device="cpu",
                device_name="",
                threads=1,
                processes=1,
                parameters=1,
                training_songs=1,
                validation_songs=1,
                minutes=1.0,
                validation_paths=(str(self.folder / "options.json"),),
            )
        )
        self.tell(Baselines(mean_spectrum=0.3, components=-0.2, component_count=64))

    def epoch(self) -> None:
        losses = Losses(loss=-0.1 * self.done, nats=-0.1 * self.done, kl_nats=5.0)
        (self.folder / BEST).touch()
        self.tell(
            Epoch(
                epoch=self.done,
                training=losses,
                validation=losses,
                kl_per_latent=(0.5, 1.5),
                variance_per_latent=(1.0, 1.0),
                participation_ratio=1.5,
                beta=1.0,
                learning_rate=1e-3,
                samples_per_s=4.0,
                elapsed_s=EPOCH_S,
                left_s=EPOCH_S * (EPOCHS - self.done),
                device_memory=0,
                best=True,
            )
        )
        self.done += 1
        self.say("running")

    def end(self, state: State, sentence: str, advice: str = "") -> None:
        self.say(state, sentence)
        self.tell(
            End(
                reason=state,
                sentence=sentence,
                advice=advice,
                epochs_done=self.done,
                best_epoch=self.done - 1,
                best_loss=0.0,
                elapsed_s=1.0,
            )
        )


def main(behaviour: str, folder: Path) -> int:
    run = Run(folder)
    if behaviour == "refuses":
        print("dctvae: there is no file at all below /music", file=sys.stderr)
        return 1
    while behaviour == "is slow" and control.wished(folder) is None:
        time.sleep(EPOCH_S)
    control.forget(folder)  # it is of another time
    run.start()
    while run.done < EPOCHS:
        run.epoch()
        if behaviour == "is killed" and run.done == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        if behaviour == "has no memory" and run.done == 3:
            raise MemoryError
        while control.wished(folder) == "pause":
            run.say("paused")
            time.sleep(EPOCH_S)
        if control.wished(folder) == "stop":
            run.end("stopped", "stopped as asked")
            return 0
        time.sleep(EPOCH_S)
    run.end("finished", "finished")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[sys.argv.index("--out") + 1])))
