"""Joins SCOWL's word lists into ``linkers/data/english.txt``; the same lists give the same bytes.

Words of plain lower-case letters, at least three: those of size 35 (``*-small``) first, a blank line,
then the rest up to size 70. Lists: Debian's wamerican-small, wamerican, wamerican-large and their
British counterparts, version 2020.12.07. Run: ``python benchmarks/english_words.py FOLDER``.
"""

import argparse
import re
from pathlib import Path

from run_info import print_run_info

TARGET = Path(__file__).parents[1] / "linkers" / "data" / "english.txt"
KINDS = ("american-english", "british-english")
_WORD = re.compile(r"[a-z]{3,}")


def words(folder: Path, ending: str) -> set[str]:
    """Return the plain words of the American and the British list of a size."""
    texts = ((folder / f"{kind}{ending}").read_text(encoding="utf-8") for kind in KINDS)
    return {word for text in texts for word in text.split("\n") if _WORD.fullmatch(word)}


def main() -> None:
    """Write the list and print its counts."""
    parser = argparse.ArgumentParser(description="Writes SCOWL's lists of English words.")
    parser.add_argument("folder", type=Path, help="SCOWL's lists by kind and size")
    folder = parser.parse_args().folder
    print_run_info()
    common = words(folder, "-small")
    rest = (words(folder, "") | words(folder, "-large")) - common
    text = "\n".join(sorted(common)) + "\n\n" + "\n".join(sorted(rest)) + "\n"
    TARGET.write_bytes(text.encode())
    print(f"{len(common)} common words, {len(rest)} others, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
