"""A trained network to the folder that `index.reader` opens."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from index.reading.files import write_parts
from index.training.reader_material import Material
from index.training.reader_network import ReaderNetwork

NEEDLESS = ("inside.",)
"""Parts that only help to learn."""


def export_reader(out: Path, network: ReaderNetwork, material: Material, scale: Mapping[str, float]) -> str:
    """Write the network's folder. Gives its SHA-256."""
    weights = {name: tensor.numpy() for name, tensor in network.state_dict().items() if not name.startswith(NEEDLESS)}
    return write_parts(out, kind="reader", shape=network.shape, scale=scale, lexicon=material.lexicon, weights=weights)
