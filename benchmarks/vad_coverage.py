"""Print which concepts and words have which kind of VAD value, and how far off the computed ones are.

Counts come from the tables; the figures of the cross-validation from ``vad_validation.tsv``, which
``python -m affectgraph.ontology.vad_estimates`` writes and ``--check`` computes anew.
"""

from run_info import print_run_info

from affectgraph.ontology.vad_coverage import (
    adjustment_lines,
    coverage_table,
    error_table,
    validation_table,
)


def main() -> None:
    """Print all tables."""
    print_run_info()
    for lines in (coverage_table, adjustment_lines, validation_table, error_table):
        print("\n".join(lines()), end="\n\n")


if __name__ == "__main__":
    main()
