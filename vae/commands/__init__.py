"""The commands of `dctvae`, a file each: what it takes, and what it does."""
