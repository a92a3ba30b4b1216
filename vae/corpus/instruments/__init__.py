"""The instruments, each a recipe from which every song draws its own variant."""
