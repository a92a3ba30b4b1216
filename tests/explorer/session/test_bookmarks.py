from tests.explorer.session.test_session import opened


def test_a_bookmark_outlives_the_steps_it_came_from() -> None:
    session, _ = opened()
    session.move_axis(0, 2.0)
    bookmark = session.bookmarks.add("  Bright\n chorus ")
    marked = session.point
    session.undo()
    session.move_axis(1, 1.0)  # the marked step can no longer be redone
    session.bookmarks.go(bookmark)
    assert session.point == marked
    assert session.history.undo_label == "Bookmark Bright chorus"


def test_without_a_name_it_is_called_after_what_was_done() -> None:
    session, _ = opened()
    session.move_axis(0, 2.0)
    assert session.bookmarks.add().name == "Axis 1 to +2.00 σ"
    assert session.bookmarks.marks(session.point)


def test_a_point_has_one_bookmark_that_can_be_renamed_and_removed() -> None:
    session, _ = opened()
    session.bookmarks.add("one")
    session.bookmarks.add("two")
    assert [one.name for one in session.bookmarks.all] == ["two"]
    session.bookmarks.rename(session.bookmarks.all[0], "three")
    assert [one.name for one in session.bookmarks.all] == ["three"]
    session.bookmarks.remove(session.bookmarks.all[0])
    assert session.bookmarks.all == ()


def test_one_can_go_to_any_step() -> None:
    session, _ = opened()
    points = [session.point]
    for axis in range(4):
        session.move_axis(axis, 1.0)
        points.append(session.point)
    for index in (0, 3, 1, 4):
        session.go_to_step(index)
        assert session.point == points[index]
    session.go_to_step(99)
    assert session.point == points[4]


def test_a_removed_bookmark_comes_back_where_it_was() -> None:
    session, _ = opened()
    for axis, name in enumerate(("one", "two", "three")):
        session.move_axis(axis, 1.0)
        session.bookmarks.add(name)
    session.bookmarks.remove(session.bookmarks.all[1])
    assert [one.name for one in session.bookmarks.all] == ["one", "three"]
    session.messages.take_back()
    assert [one.name for one in session.bookmarks.all] == ["one", "two", "three"]
