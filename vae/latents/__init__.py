"""The geometry of a latent space, as songs lie in it: none of it needs the network."""
