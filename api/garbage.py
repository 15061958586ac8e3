"""When the garbage collector of a service looks at what: never at code and graph, which stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def made_to_last() -> Iterator[None]:
    """Collect no garbage meanwhile, and never look later at what there is at the end.

    As modules and graph are made, the collector would look at what is there already again and again, and find
    nothing; a full look at all of it takes a tenth of a second, in which no request is answered. Garbage in
    cycles that is there at the end stays as well, so this is for a process that does nothing but serve.

    >>> import gc
    >>> with made_to_last():
    ...     gc.isenabled()
    False
    >>> gc.get_freeze_count() > 0
    True
    >>> gc.unfreeze()
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
