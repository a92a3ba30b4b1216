from explorer.session.messages import Messages


def test_the_newest_is_shown_and_one_topic_has_one_message() -> None:
    messages = Messages()
    messages.error("song", "a.mp3 is empty.")
    messages.warning("sound", "There is no sound card.")
    messages.error("song", "b.mp3 is empty.")
    assert [one.text for one in messages.standing] == [
        "There is no sound card.",
        "b.mp3 is empty.",
    ]


def test_what_is_read_or_outdated_is_gone() -> None:
    messages = Messages()
    changes: list[None] = []
    messages.changed.connect(lambda: changes.append(None))
    messages.clear("song")
    assert changes == []
    messages.error("song", "a.mp3 is empty.")
    messages.notice("export", "Saved b.wav.")
    newest = messages.newest
    assert newest is not None
    messages.dismiss(newest)
    messages.clear("song")
    assert messages.newest is None
    assert len(changes) == 4


def test_what_is_taken_back_is_taken_back_once() -> None:
    messages, undone = Messages(), list[str]()
    messages.notice("point", "A is replaced.", undo=lambda: undone.append("A"))
    messages.notice("list", "Removed walk.", undo=lambda: undone.append("walk"))
    messages.error("song", "b.mp3 is empty.")
    messages.take_back()
    assert undone == ["walk"]
    messages.forget_undo()
    messages.take_back()
    assert undone == ["walk"]
    assert [one.text for one in messages.standing] == ["b.mp3 is empty."]
