"""The parts of the core graph, one module each; every one is a pure function from tables to quads."""
