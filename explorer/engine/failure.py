"""What went wrong with a request, as the window is told of it."""

import logging

from explorer.engine.protocol import Failed
from vae.errors import Cancelled, DctvaeError

_log = logging.getLogger(__name__)


def failure(request: int, error: Exception, doing: str) -> Failed:
    """The answer to a request that an exception has ended.

    What is no fault of the person's is logged.

    Parameters
    ----------
    request : int
    error : Exception
    doing : str
        What failed, for the log.
    """
    if isinstance(error, Cancelled):
        return Failed(request=request, message="Given up.", cancelled=True)
    if isinstance(error, DctvaeError):
        return Failed(request=request, message=str(error))
    _log.error("%s failed", doing, exc_info=error)
    message = f"This went wrong inside the program: {error!r}"
    return Failed(request=request, message=message)
