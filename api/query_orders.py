"""Orders from the serving process to the template of workers, and what comes back."""

import struct

ORDER = struct.Struct(">qq")
"""An order and a process id; as a reply, a process id and a status as of ``os.waitpid``."""
FORK = 1
"""Fork a worker; the reply carries the socket to it."""
END = 2
"""Kill a worker, wait for its end and say how it ended."""
DROP = 3
"""Kill a worker; the reply does not wait for its end."""
CHANGE = 4
"""Change users' graphs, as the message says that follows; the reply is zeros."""
SETTINGS_BYTES = 1024 * 1024
"""Longest first message, which names the store and the limits."""
