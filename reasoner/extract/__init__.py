"""Reads the claims of a rationale: its layout, its words, and a module for each family of claims."""
