from dataclasses import replace

from tests.vae.training.test_records import EPOCH, LOSSES
from vae.training.records import Axes, Baselines, End, Named, Recovery, Unnamed
from vae.training.summary import summary


def test_a_summary_says_how_good_it_became_and_against_what() -> None:
    worse = replace(EPOCH, epoch=4, best=False, validation=replace(LOSSES, nats=9.0))
    lines = summary(
        [
            Baselines(mean_spectrum=0.3, components=0.1, component_count=64),
            EPOCH,
            Recovery(epoch=4, turn=1, reason="it rose", learning_rate=1e-4),
            worse,
            Axes(epoch=4, change_db=(0.7, 0.2), live=1),
            Unnamed(reason="stopped as asked"),
            Named(songs=24, axes=63, directions=("louder", "right"), elapsed_s=9.0),
            End(
                reason="finished",
                sentence="finished after 5 epochs",
                advice="",
                epochs_done=5,
                best_epoch=3,
                best_loss=0.5,
                elapsed_s=6.0,
            ),
        ]
    )
    text = "\n".join(lines)
    assert text.startswith("finished after 5 epochs\n2 epochs in 0.1 min\n")
    assert "best epoch 4: held out 0.4000" in text
    assert "mean spectrum 0.3000, 64 components 0.1000" in text
    assert "1 of 2 sliders live, participation 1.5" in text
    assert "1 times taken up again" in text
    assert "63 sliders named" in text
    assert "2 by ear: louder, right" in text
    assert "stopped as asked" not in text
    assert "dctvae name" in "".join(summary([Unnamed(reason="the disk is full")]))
    assert summary([]) == ()
