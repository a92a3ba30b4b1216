"""A variational autoencoder of music, seen as images of DCT coefficients."""
