import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
REMARKS = 78  # the column where the map stops naming files and says what they are
LISTED = ("vae", "vae/sound", "vae/latents", "vae/network", "vae/synthesis", "explorer")


def map_of(package: str) -> str:
    """The lines of README's map that tell of a package."""
    text = (ROOT / "README.md").read_text("utf-8")
    block = text.split("### Map")[1].split("```")[1]
    lines = re.search(rf"(?ms)^{package}/ .*?(?=^\S|\Z)", block)
    assert lines is not None
    return lines.group(0)


def children(package: str) -> set[str]:
    """The modules of a package, and the packages in it, each with a slash."""
    found = {path.stem for path in (ROOT / package).glob("*.py")} - {"__init__"}
    return found | {f"{p.parent.name}/" for p in (ROOT / package).glob("*/__init__.py")}


def test_the_map_names_every_file() -> None:
    for package in LISTED:
        named = set(re.findall(r"\w+/?", map_of(package.split("/")[0])))
        assert children(package) <= named


def test_the_map_names_no_file_that_is_not_there() -> None:
    names = [line[:REMARKS] for line in map_of("vae").splitlines()]
    named = set(re.findall(r"\w+/?", " ".join(names))) - {"vae/"}
    there = {name for package in LISTED for name in children(package)}
    assert named <= there
