"""Progressions that everybody knows, as degrees of the scale from 0."""

AXIS = (0, 4, 5, 3)  # I V vi IV
SAD = (5, 3, 0, 4)
DOO_WOP = (0, 5, 3, 4)
ANDALUSIAN = (0, 6, 5, 4)
PACHELBEL = (0, 4, 5, 2, 3, 0, 3, 4)
BLUES = (0, 0, 0, 0, 3, 3, 0, 0, 4, 3, 0, 4)
TWO_FIVE = (1, 4, 0, 0)
TURNAROUND = (0, 5, 1, 4)
CIRCLE = (0, 3, 6, 2, 5, 1, 4, 0)
EPIC = (0, 5, 2, 6)
HERO = (0, 6, 5, 6)
VAMP = (0, 0, 6, 6)
DORIAN = (0, 3, 0, 3)
STILL = (0,)
LAMENT = (0, 4, 5, 6, 3, 0, 3, 4)
LIFT = (3, 4, 0, 5)
PLAGAL = (0, 3, 0, 4)
