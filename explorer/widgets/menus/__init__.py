"""The menus, one a file: each action with its words, its keys and what it does."""
