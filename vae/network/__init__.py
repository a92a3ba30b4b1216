"""The network: its layers, where it starts, and the likelihood it is trained under."""
