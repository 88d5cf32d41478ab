"""How sure a sum of trees is: a logistic curve, flatter where the sentences of a text are long.

Trees are surer of dense prose than of the press, where a sentence holds more that is only told. The length of
sentences tells the one from the other without naming it (see scripts/train_model.py, which fits the curve on
disputes left out).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sureness:
    """The curve's weights: bias, sum, length, sum times length."""

    weights: Floats

    def confidences(self, sums: Floats, length: Floats | float) -> Floats:
        """The probability of being right for each sum, in texts whose sentences have some `length`."""
        return np.asarray(1 / (1 + np.exp(-sureness_columns(sums, length) @ self.weights)))


def sureness_columns(sums: Floats, length: Floats | float) -> Floats:
    """One row per sum: the terms of the curve."""
    lengths = np.broadcast_to(length, sums.shape)
    return np.stack([np.ones_like(sums), sums, lengths, sums * lengths], axis=1)
