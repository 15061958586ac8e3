"""What annotating a text takes: matching, senses, cues and their scope, and what the text sums up to."""
