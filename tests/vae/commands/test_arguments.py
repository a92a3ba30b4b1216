import argparse
from importlib import import_module

import pytest

from vae.commands.command_line import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_a_command_does_and_takes(name: str) -> None:
    subparsers = argparse.ArgumentParser().add_subparsers()
    import_module(f"vae.commands.{name}").add_parser(subparsers)
    parser = subparsers.choices[name]
    assert parser.description
    untold = [action.dest for action in parser._actions if not action.help]
    assert untold == []
