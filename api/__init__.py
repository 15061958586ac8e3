"""AffectGraph served: REST, SPARQL 1.1, dereferenceable pages and the command line."""
