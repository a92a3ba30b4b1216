"""Sound files in and out, and sound itself: none of it knows of a model."""
