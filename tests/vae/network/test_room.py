import torch

from vae.network.room import NONE, Room, cut


def test_maps_are_cut_out_of_their_room_and_gradients_lie_among_zeros() -> None:
    wide = torch.randn(2, 3, 4, 9, requires_grad=True)
    assert cut(wide, NONE) is wide
    maps = cut(wide, Room(2, 1))
    assert torch.equal(maps, wide[..., 2:8])
    torch.autograd.backward((maps * 5).sum())
    expected = torch.zeros_like(wide)
    expected[..., 2:8] = 5
    assert wide.grad is not None
    assert torch.equal(wide.grad, expected)


def test_new_room_is_zero_around_maps() -> None:
    maps = torch.randn(2, 3, 4, 5)
    room = Room(1, 2)
    wide = room.around(maps)
    room.inside(wide).copy_(maps)
    assert torch.equal(wide, torch.nn.functional.pad(maps, room))
    assert wide.is_contiguous(memory_format=torch.channels_last)
