"""How good a model is, measured on songs it was not trained on."""
