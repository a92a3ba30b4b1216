"""`dctvae pack`: a model made ready to give away."""

import argparse
from dataclasses import replace
from pathlib import Path

from vae.checkpoint import load_checkpoint, save_checkpoint
from vae.commands.arguments import Subparsers, add_command, add_json
from vae.commands.facts import print_facts
from vae.commands.output import add_output, check_output


def add_parser(subparsers: Subparsers) -> None:
    """Take a model, where to write it, and what to call it."""
    parser = add_command(
        subparsers, "pack", "write a model at half its size, under a title"
    )
    parser.add_argument(
        "model", type=Path, metavar="MODEL", help="a model file, as training writes it"
    )
    add_output(parser, "PACKED", "the model file to give away")
    parser.add_argument("--title", metavar="TEXT", help="what the menu calls it")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Write the weights as float16, which no ear and few figures tell apart."""
    check_output(arguments.output, force=arguments.force)
    checkpoint = load_checkpoint(arguments.model)
    if arguments.title is not None:
        checkpoint = replace(checkpoint, title=arguments.title)
    save_checkpoint(arguments.output, checkpoint, half=True)
    facts = {
        "title": checkpoint.title,
        "bytes": arguments.output.stat().st_size,
        "songs": len(checkpoint.songs),
    }
    print_facts(facts, as_json=arguments.json)
