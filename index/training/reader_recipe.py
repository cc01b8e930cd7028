"""What one training of the reader is made of; goes into the card as it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReaderRecipe:
    """The settings of a run; the same recipe, data, seed and number of threads give the same network on the same machine.

    made, written: steps on questions made from passages, and on written ones after them.  batch: questions a step.
    rate, last_rate: Adam's highest rate and the share of it at the end of the second part.  dropout, second_dropout: of the layers, in the two parts.
    smoothing: share of the target spread over the passage.  absent: share of questions whose passage does not answer.
    average: how much of the averaged weights a step keeps.  passages: of policies and of laws, each.
    width, words: of the network's layers and of its word vectors.  decay: Adam's weight decay.
    first_written, first_genre, second_written, second_genre: shares of written questions and of those of the genre in the two parts;
    the rest is made.
    """

    seed: int = 0
    made: int = 4000
    written: int = 5500
    batch: int = 32
    rate: float = 1.5e-3
    last_rate: float = 0.02
    dropout: float = 0.12
    second_dropout: float = 0.15
    smoothing: float = 0.05
    absent: float = 0.15
    average: float = 0.999
    passages: int = 10_000
    width: int = 128
    words: int = 64
    decay: float = 0.01
    first_written: float = 0.15
    first_genre: float = 0.0
    second_written: float = 0.45
    second_genre: float = 0.25


SIZES = (224, 288, 352)
"""Characters of passages in a step; one is drawn for each."""
