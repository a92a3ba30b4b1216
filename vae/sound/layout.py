"""How all sound is laid out that is worked on and heard: two sides, at 44.1 kHz."""

SAMPLE_RATE = 44_100  # Hz
CHANNELS = 2
