from pathlib import Path

from tests.explorer.session.test_session import opened, said


def test_a_finished_export_is_told_and_a_cancelled_one_is_not() -> None:
    session, engine = opened()
    session.exports.write(Path("/music/out.flac"))
    engine.run()
    assert said(session) == "Saved out.flac, 2:08 long."
    session.messages.clear("export")
    session.exports.write(Path("/music/out.flac"))
    (task,) = session.tasks.running
    session.tasks.cancel(task.request)
    engine._waiting.pop(0)
    engine.run()
    assert session.tasks.running == ()
    assert said(session) is None
