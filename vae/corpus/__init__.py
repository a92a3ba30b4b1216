"""Composes and renders songs that nobody else owns, with what they were made from."""
