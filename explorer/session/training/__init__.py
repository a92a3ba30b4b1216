"""Training new models, as the window sees it: on what, how, and how it goes."""
