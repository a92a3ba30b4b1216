"""A model at work on a song: what is edited of it, and how that sounds."""
