"""Training runs: what they are asked, what they write, and the loop itself."""
