import time
from collections.abc import Callable

import pytest
import torch

from vae.training import profile
from vae.training.profile import profiled

CPU = torch.device("cpu")


def timed(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def test_products_are_arithmetic_and_sums_pass_through_memory() -> None:
    one = torch.randn(1500, 1500)
    products = profiled(CPU, timed, lambda: [one @ one for _ in range(3)])
    assert (products.bound_by, products.arithmetic > 0.9) == ("arithmetic", True)
    sums = profiled(CPU, timed, lambda: [one + one for _ in range(200)])
    assert (sums.bound_by, sums.arithmetic) == ("memory", 0)


def test_a_device_that_has_nothing_to_do_waits() -> None:
    def slowly() -> None:
        torch.ones(10)
        time.sleep(0.1)

    found = profiled(CPU, timed, slowly)
    assert found.bound_by == "waiting"
    assert found.busy < 0.5


@pytest.mark.parametrize(
    ("kernel", "computes"),
    [
        ("sm90_xmma_fprop_implicit_gemm_bf16", True),
        ("nvjet_tst_192x192_64x4", True),
        ("cudnn_infer_ampere_scudnn_winograd_128x128_conv", True),
        ("triton_tem_fused_mm_3", True),
        ("triton_poi_fused_convolution_leaky_relu_4", False),
        ("void at::native::vectorized_elementwise_kernel", False),
    ],
)
def test_kernels_are_told_apart_by_their_names(kernel: str, computes: bool) -> None:
    assert profile._computes(kernel) == computes
