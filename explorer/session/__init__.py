"""State and verbs of the explorer: no Qt, no torch, no sound card."""
