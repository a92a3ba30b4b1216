"""The window in which a person plays a music VAE's latent space."""
