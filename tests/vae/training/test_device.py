import pytest
import torch
from torch import Tensor, nn

from vae.errors import TrainingError
from vae.training.device import (
    choose_device,
    choose_dtype,
    compile_if_possible,
    device_name,
    free_memory,
)


def test_a_device_that_is_not_there_is_refused() -> None:
    missing = "mps" if not torch.backends.mps.is_available() else "cuda"
    with pytest.raises(TrainingError, match=missing):
        choose_device(missing)  # type: ignore[arg-type]  # one of two names
    assert choose_device("cpu").type == "cpu"


def test_a_cpu_computes_in_float32_unless_asked() -> None:
    cpu = torch.device("cpu")
    assert choose_dtype("auto", cpu) == torch.float32
    assert choose_dtype("bfloat16", cpu) == torch.bfloat16
    assert device_name(cpu)
    assert free_memory(cpu) > 0


def test_where_there_is_no_compiler_a_module_works_as_it_is() -> None:
    asked = []

    def missing(graph: torch.fx.GraphModule, inputs: list[Tensor]) -> nn.Module:
        asked.append(len(inputs))
        raise RuntimeError("cannot find a working triton installation")

    class Halved(nn.Module):
        def forward(self, given: Tensor) -> Tensor:
            return 0.5 * given.square()

    halved, given = Halved(), torch.ones(3, requires_grad=True)
    compile_if_possible(halved, missing)
    made = halved(given)
    made.sum().backward()
    assert asked
    assert torch.equal(made, torch.full((3,), 0.5))
    assert torch.equal(torch.as_tensor(given.grad), torch.ones(3))
