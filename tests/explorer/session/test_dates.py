import locale
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

import pytest

from explorer.session.dates import day_text, short_text

FOREIGN = ("de_DE.UTF-8", "fr_FR.UTF-8", "es_ES.UTF-8", "ja_JP.UTF-8")
WHEN = datetime(2026, 3, 4, 9, 5)


@pytest.fixture(params=["C", *FOREIGN])
def language(request: pytest.FixtureRequest) -> Iterator[None]:
    """Another language, as Qt sets the system's; C where it is not installed."""
    with suppress(locale.Error):
        locale.setlocale(locale.LC_TIME, request.param)
    yield
    locale.setlocale(locale.LC_TIME, "C")


@pytest.mark.usefixtures("language")
def test_days_are_told_in_english_whatever_the_system_speaks() -> None:
    assert day_text(WHEN) == "4 March"
    assert short_text(WHEN) == "4 Mar 09:05"
    assert short_text(WHEN.replace(month=12, day=31)) == "31 Dec 09:05"
