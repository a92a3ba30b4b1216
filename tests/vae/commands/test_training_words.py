import pytest

from vae.commands.training_words import MOST_REFUSED, TrainingWords
from vae.config import ModelConfig, TrainConfig
from vae.progress import ProgressBar
from vae.training.options import Options
from vae.training.records import Refused, Start

START = Start(
    first_epoch=0,
    epochs=1,
    steps_per_epoch=1,
    device="cpu",
    device_name="",
    threads=1,
    processes=1,
    parameters=1,
    training_songs=1,
    validation_songs=1,
    minutes=1.0,
    validation_paths=(),
)


@pytest.mark.parametrize("refused", [0, 1, MOST_REFUSED, MOST_REFUSED + 7])
def test_what_cannot_be_trained_on_is_told_but_not_without_end(
    capsys: pytest.CaptureFixture[str], refused: int
) -> None:
    options = Options(folders=(), model=ModelConfig(), train=TrainConfig())
    with ProgressBar() as bar:
        words = TrainingWords(bar, options)
        for number in range(refused):
            words.tell(Refused(path=f"{number}", reason=f"{number} is silent"))
        words.tell(START)
    told = capsys.readouterr().err
    assert told.count("is silent") == min(refused, MOST_REFUSED)
    assert ("and 7 more" in told) == (refused == MOST_REFUSED + 7)
