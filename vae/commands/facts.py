"""Facts that a command found out, printed for a person or for a program."""

import json


def print_facts(facts: dict[str, object], *, as_json: bool) -> None:
    """Print one fact a line, or all of them as JSON."""
    if as_json:
        print(json.dumps(facts))
    else:
        for name, value in facts.items():
            print(f"{name}: {value}")
