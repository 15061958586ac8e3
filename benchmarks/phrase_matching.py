"""Asks how often other phrases speak rightly for a phrase that is hidden.

Every form of several words is looked up with itself left out. Right: the first concept found equals one of
its own or lies on the same path. ``whole`` matches leave no word over. Phrases stand beside like ones in the
vocabulary mostly because they mean something else ("lose heart", "lose one's heart to"), so the share is a
lower bound for labels. Rejected phrases that a pattern would take are counted too. With ``--faces`` it
compares ways to find phrases for facial actions instead, see ``face_matchers.py``, which needs spaCy. Run:
``python benchmarks/phrase_matching.py [--wrong | --faces]``.
"""

import sys

from face_matchers import print_faces
from run_info import print_run_info

from affectgraph.kg import EmotionGraph
from affectgraph.linkers.idioms import Idioms
from affectgraph.linkers.lexicon import Lexicon


def main() -> None:
    """Print the shares; with ``--wrong`` every wrong match; with ``--faces`` the matchers."""
    print_run_info()
    graph = EmotionGraph.load()
    if "--faces" in sys.argv[1:]:
        print_faces(graph)
        return
    words = Lexicon(graph)
    idioms = Idioms(words)
    phrases = [form for form in words.words if " " in form]
    matches = [(form, idioms.look_up(form, without=form)) for form in phrases]
    found = [(form, match) for form, match in matches if match is not None]
    wrong = []
    for form, match in found:
        own = [entry.concept.slug for entry in words.words[form]]
        said = match.entries[0].concept.slug
        if not any(graph.is_a(said, slug) or graph.is_a(slug, said) for slug in own):
            wrong.append((form, own, match.entries[0].form, said, match.is_whole))
    whole = sum(match.is_whole for _, match in found)
    wrong_whole = sum(row[-1] for row in wrong)
    print(
        f"{len(phrases)} phrases, {len(found)} found by others, {len(found) - len(wrong)} rightly"
    )
    print(f"whole: {whole} found, {whole - wrong_whole} rightly")
    rejected = [form for form in graph.index.rejected_forms if " " in form]
    taken = sum(idioms.look_up(form) is not None for form in rejected)
    print(f"rejected phrases that a pattern would take: {taken} of {len(rejected)}")
    if "--wrong" in sys.argv[1:]:
        print(*wrong, sep="\n")


if __name__ == "__main__":
    main()
