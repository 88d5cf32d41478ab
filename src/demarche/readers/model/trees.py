"""Boosted trees as arrays: what a training program grew, evaluated with numpy alone.

All nodes of all trees stand in one table. A leaf points to itself, so that every row may take as many steps
as its tree is deep; the sum of the leaves' values is the logarithm of the odds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int32]

AT_ONCE = 48
"""Rows go down the trees in such portions: their nodes then fit into the processor's own memory."""


class Descent(NamedTuple):
    """The trees made ready for rows to go down all of them: at step `n` only the `n_deep[n]` deepest go on.

    `children` holds the left and the right child of each node; `roots` begin with that of the deepest tree,
    `places` lead back from there to the order of the trees.
    """

    feature: npt.NDArray[np.intp]
    children: npt.NDArray[np.intp]
    roots: npt.NDArray[np.intp]
    places: npt.NDArray[np.intp]
    n_deep: list[int]


@dataclass(frozen=True)
class Trees:
    """The nodes of some trees: go `left` where a row's `feature` is at most the `threshold`, else `right`."""

    roots: Integers
    feature: Integers
    threshold: Floats
    left: Integers
    right: Integers
    value: Floats
    depth: int

    def sums(self, rows: Floats) -> Floats:
        """For each row, the summed values of the leaves that it reaches."""
        pieces = [self._sums(rows[first : first + AT_ONCE]) for first in range(0, len(rows), AT_ONCE)]
        return np.concatenate([np.zeros(0), *pieces])

    def _sums(self, rows: Floats) -> Floats:
        values, first = np.ravel(rows), np.arange(len(rows))[:, None] * rows.shape[1]
        feature, children, roots, places, n_deep = self._descent
        node = np.tile(roots, (len(rows), 1))
        for n in n_deep:
            now = node[:, :n]
            goes_right = values.take(feature.take(now) + first) > self.threshold.take(now)
            node[:, :n] = children.take(2 * now + goes_right)
        return np.asarray(self.value.take(node[:, places]).sum(axis=1))

    @cached_property
    def _descent(self) -> Descent:
        depths = self._depths()
        deepest_first = np.argsort(-depths, kind="stable")
        return Descent(
            self.feature.astype(np.intp),
            np.ravel(np.stack([self.left, self.right], axis=1)).astype(np.intp),
            self.roots[deepest_first].astype(np.intp),
            np.argsort(deepest_first),
            [int((depths > step).sum()) for step in range(self.depth)],
        )

    def _depths(self) -> npt.NDArray[np.intp]:
        """For each tree, how many steps lead to its deepest leaf."""
        depths = np.zeros(len(self.roots), np.intp)
        node, tree = self.roots, np.arange(len(self.roots))
        for step in range(self.depth):
            is_inner = self.left[node] != node
            inner, tree = node[is_inner], np.tile(tree[is_inner], 2)
            node = np.concatenate([self.left[inner], self.right[inner]])
            depths[tree] = step + 1
        return depths

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """All that makes the trees, by name, to be kept."""
        return {f"trees {part}": np.asarray(getattr(self, part)) for part in self.__dataclass_fields__}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Trees:
        """The trees that were kept."""
        kept: dict[str, Any] = {part: arrays[f"trees {part}"] for part in cls.__dataclass_fields__}
        return cls(**(kept | {"depth": int(kept["depth"])}))


def trees_of(dumped: Sequence[Mapping[str, Any]]) -> Trees:
    """Trees from nested nodes: `split_feature`, `threshold`, `left_child`, `right_child`, or `leaf_value`."""
    rows: list[list[float]] = []
    roots, depth = [], 0
    for tree in dumped:
        roots.append(len(rows))
        depth = max(depth, _add(rows, tree))
    table = np.array(rows)
    feature, left, right = (table[:, column].astype(np.int32) for column in (0, 2, 3))
    return Trees(np.array(roots, np.int32), feature, table[:, 1], left, right, table[:, 4], depth)


def _add(rows: list[list[float]], node: Mapping[str, Any]) -> int:
    """Append a node and all below it; how many steps lead from it to its deepest leaf."""
    place = len(rows)
    rows.append([0.0, 0.0, place, place, float(node.get("leaf_value", 0.0))])
    if "split_feature" not in node:
        return 0
    steps = []
    for column, child in _children(node):
        rows[place][column] = len(rows)
        steps.append(_add(rows, child))
    rows[place][0], rows[place][1] = float(node["split_feature"]), float(node["threshold"])
    rows[place][4] = 0.0
    return 1 + max(steps)


def _children(node: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    yield 2, node["left_child"]
    yield 3, node["right_child"]
