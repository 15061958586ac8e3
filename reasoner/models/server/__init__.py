"""What a model behind an OpenAI-compatible server takes: requests, answers, faults, tries, and checks."""
