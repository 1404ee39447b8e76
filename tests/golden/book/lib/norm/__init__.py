r"""
---
title: Normalization
summary: Zero mean & unit variance.
---

# Normalization

The deviation from the mean $\mu$ is divided by the standard deviation:
$$\hat{x} = \frac{x - \mu}{\sigma}$$

There are [notes](../notes.md), too.
"""

import math


class Norm:
    """
    ## The layer

    :param eps: keeps the divisor from zero
    """

    def __init__(self, eps: float = 1e-5):
        self.eps = eps

    def forward(self, values: list[float]) -> list[float]:
        """
        ### Normalize
        """
        # The mean $\mu$ of the `values`
        mean = sum(values) / len(values)
        # Their variance $\sigma^2$
        variance = sum((value - mean) ** 2 for value in values) / len(values)

        #
        scale = math.sqrt(variance + self.eps)
        return [(value - mean) / scale for value in values]
