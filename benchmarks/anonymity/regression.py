"""Least squares and logistic regression, for attackers who learn from simulated rounds."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.floating]

_RIDGE = 1e-3
_ITERATIONS, _LARGEST_EXPONENT, _SLACK = 12, 30.0, 1e-6


def ridge_weights(cases: ArrayLike, targets: ArrayLike, ridge: float = _RIDGE) -> Vector:
    """Return the weights with which the weighted sums of the cases come nearest to the targets.

    Args:
        cases: one row of numbers for every case, shape (cases, numbers).
        targets: one number for every case.
        ridge: the penalty on large weights, per case; it keeps the weights of equal numbers from
            growing in opposite directions.
    """
    table, wanted = np.asarray(cases, float), np.asarray(targets, float)
    penalty = ridge * len(table) * np.eye(table.shape[1])
    return np.linalg.solve(table.T @ table + penalty, table.T @ wanted)


class LogisticCurve:
    """The chance of an event, given one number: a logistic regression, fitted to cases.

    The fit is iteratively reweighted least squares.

    Args:
        numbers: one for every case, of a size of about 1.
        hits: whether the event happened, for every case.
    """

    def __init__(self, numbers: ArrayLike, hits: ArrayLike) -> None:
        self._level = self._slope = 0.0
        inputs, outcomes = np.asarray(numbers, float), np.asarray(hits, float)
        for _ in range(_ITERATIONS):
            chances = self(inputs)
            sizes = np.sqrt(chances * (1 - chances) + _SLACK)
            targets = sizes * (self._level + self._slope * inputs) + (outcomes - chances) / sizes
            cases = np.column_stack((sizes, sizes * inputs))
            self._level, self._slope = ridge_weights(cases, targets, _SLACK)

    def __call__(self, numbers: ArrayLike) -> Vector:
        """Return the chance (0 to 1) at every number."""
        exponents = self._level + self._slope * np.asarray(numbers, float)
        return 1 / (1 + np.exp(-np.clip(exponents, -_LARGEST_EXPONENT, _LARGEST_EXPONENT)))
