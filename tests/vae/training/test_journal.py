from pathlib import Path

from vae.training.folder import RunFolder
from vae.training.journal import Journal
from vae.training.records import Preparation, Record


def test_a_stage_is_told_as_it_begins_and_as_it_ends_and_seldom_between(
    tmp_path: Path,
) -> None:
    heard: list[Record] = []
    journal = Journal(RunFolder(tmp_path), heard.append)
    journal.prepared("preparing songs", 4, 4)
    say = journal.shares("fitting the dictionary")
    for percent in range(1, 101):
        say(percent / 100)
    told = [
        (one.stage, one.done, one.total)
        for one in heard
        if isinstance(one, Preparation)
    ]
    assert told[:2] == [
        ("preparing songs", 4, 4),
        ("fitting the dictionary", 0, 100),
    ]
    assert told[-1] == ("fitting the dictionary", 100, 100)
    assert len(told) < 10
