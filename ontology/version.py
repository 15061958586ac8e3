"""Version of the package and of the graph it carries."""

from typing import Final

VERSION: Final = "0.1.0"
"""Released together: one number names the code, the tables and the graph built from them."""
