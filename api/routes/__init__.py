"""REST routes, one module per subject; a handler reads input, calls one function, shapes the answer."""
