"""Small made-up lexicons in the exact layouts of the published ones; none of their figures is published."""

from collections.abc import Sequence
from random import Random

WORDS = [f"word{i}" for i in range(60)]


def unit_points(count: int = 60, *, low: float = 0.0, high: float = 1.0) -> list[list[float]]:
    """Return points that reach both ends of a range in every dimension."""
    random = Random(7)  # noqa: S311 - made-up figures
    points = [[low] * 3, [high] * 3]
    points += [[round(random.uniform(low, high), 3) for _ in range(3)] for _ in range(count - 2)]
    return points


def lines(
    header: str,
    points: Sequence[Sequence[float]],
    *,
    delimiter: str = "\t",
    words: Sequence[str] = WORDS,
) -> str:
    """Return a file of a word and three numbers a line."""
    rows = [
        delimiter.join([w, *(f"{x:g}" for x in p)]) for w, p in zip(words, points, strict=False)
    ]
    return "".join(f"{row}\n" for row in ([header] if header else []) + rows)


NRC_1 = lines("", unit_points())
NRC_1_COPY = lines("Word,Valence,Arousal,Dominance", unit_points(), delimiter=",")
NRC_2 = lines(
    "term\tvalence\tarousal\tdominance",
    unit_points(low=-1),
    words=["a lot", "brim with zyzzyva", *WORDS],
)
ANEW = (
    "Word\tWdnum\tValMn\tValSD\tAroMn\tAroSD\tDomMn\tDomSD\tFreq\n"
    "joy\t240\t8.6\t0.8\t7.2\t2.0\t6.2\t1.6\t40\n"
    "dread\t999\t2.2\t1.6\t6.4\t2.4\t3.4\t2.0\t9\n"
)
XANEW_COLUMNS = [
    f"{d}.{kind}.{group}"
    for d in "VAD"
    for group in ("Sum", "M", "F", "O", "Y", "H", "L")
    for kind in ("Mean", "SD", "Rat")
]
"""63 columns; with the unnamed index and the word the file has 65 cells a line."""


def xanew(rows: Sequence[tuple[str, float, float, float]]) -> str:
    """Return a file in the layout of Warriner et al.: unnamed index, word, 63 columns."""
    text = ",Word," + ",".join(XANEW_COLUMNS) + "\n"
    for i, (word, *means) in enumerate(rows, start=1):
        cells = []
        for mean in means:
            for group in range(7):
                cells += [f"{mean + group / 100:g}", "1.2", "20"]
        text += f"{i},{word}," + ",".join(cells) + "\n"
    return text


XANEW = xanew([("aardvark", 6.26, 2.41, 4.27), ("abalone", 5.3, 2.65, 4.95), ("joy", 8.2, 5.6, 7)])

GLASGOW = (
    "Words,Length,AROU,,,VAL,,,DOM,,,CNC,,\n"
    ",,M,SD,N,M,SD,N,M,SD,N,M,SD,N\n"
    "joy,3,7,1.6,33,8.2,0.8,32,6.6,1.6,31,3,1,30\n"
    "content,7,4,1.6,33,6,1.2,33,5,1.6,31,3,1,30\n"
    "content (happy),7,6,1.6,33,8,1.0,32,7,1.6,31,3,1,30\n"
)
