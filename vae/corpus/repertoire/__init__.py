"""The styles there are, each a table of what such music tends to do."""
