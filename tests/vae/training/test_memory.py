import subprocess
import sys
from pathlib import Path

import pytest

LARGE_PAGES = Path("/sys/kernel/mm/transparent_hugepage/enabled")
ASKED = """
from pathlib import Path
import torch
from vae.training.memory import hold_memory

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

before = resident()
hold_memory()
hold_memory()
print(resident() - before)
for _ in range(3):
    assert float(torch.ones(3 << 20).sum()) == 3 << 20
print(resident() - before)
flags = [line for line in open("/proc/self/smaps") if line.startswith("VmFlags")]
sizes = [line for line in open("/proc/self/smaps") if line.startswith("Size")]
print(sum(int(s.split()[1]) for s, f in zip(sizes, flags) if " hg" in f) * 1024)
"""


@pytest.mark.skipif(not LARGE_PAGES.exists(), reason="a system without large pages")
def test_memory_for_a_step_is_taken_in_large_pages_but_not_yet_used() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", ASKED], capture_output=True, text=True, check=True
    )
    begun, used, asked = (int(line) for line in ran.stdout.split())
    assert begun < 1 << 24
    assert used < 1 << 26
    assert 1 << 29 < asked < 1 << 31
