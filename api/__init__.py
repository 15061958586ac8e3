"""AffectGraph served: REST, SPARQL 1.1, MCP, dereferenceable pages and the command line."""
