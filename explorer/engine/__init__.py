"""The process that holds the model, the song and the audio stream."""
