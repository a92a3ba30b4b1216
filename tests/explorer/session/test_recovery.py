from datetime import datetime
from pathlib import Path

import pytest

from explorer.session.point import LatentPoint, origin
from explorer.session.project_content import ProjectContent, ProjectSong
from explorer.session.project_search import Found
from explorer.session.recovery import Offer, Recovery

MOVED = origin(4).with_offset([0.0, 2.0, 0.0, 0.0])


def song(title: str, point: LatentPoint | None) -> ProjectSong:
    return ProjectSong(path=Path(f"/music/{title}.flac"), title=title, point=point)


def offer(*songs: ProjectSong, minute: int = 0, project: Path | None = None) -> Offer:
    content = ProjectContent(songs=songs)
    when = datetime(2026, 11, 5, 15, minute, 9)
    return Offer(found=Found(file=content, path=project), when=when, key=f"{minute}")


def test_the_newest_is_offered_first_and_each_is_answered_once() -> None:
    recovery, answered = Recovery(), list[str]()
    recovery.restored.connect(lambda one: answered.append(f"restored {one.key}"))
    recovery.discarded.connect(lambda one: answered.append(f"discarded {one.key}"))
    recovery.offer_back(tuple(offer(minute=minute) for minute in (10, 50, 30)))
    newest = recovery.offer
    assert newest is not None
    assert newest.key == "50"
    recovery.discard(newest)
    following = recovery.offer
    assert following is not None
    assert following.key == "30"
    recovery.restore(following)
    assert [one.key for one in recovery.offers] == ["10"]
    assert answered == ["discarded 50", "restored 30"]


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        ((None,), "slots and bookmarks"),
        ((MOVED,), "the edit of “song 0”"),
        ((None, MOVED, MOVED), "the edit of “song 1” and 1 other"),
        ((MOVED, MOVED, MOVED), "the edit of “song 0” and 2 others"),
    ],
)
def test_it_says_what_would_be_restored(
    edits: tuple[LatentPoint | None, ...], words: str
) -> None:
    songs = [song(f"song {number}", point) for number, point in enumerate(edits)]
    told = offer(*songs).words
    assert told.endswith(f"can be restored: {words}.")
    assert "5 November at 15:00:09" in told
    of_project = offer(*songs, project=Path("/music/Mine.dctvae")).words
    assert of_project.endswith(f"the project “Mine”, {words}.")
