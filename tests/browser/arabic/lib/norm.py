r"""
# Normalization

A layer keeps the mean and the deviation of its input. The normalized value is the distance from the
mean, divided by the deviation:

$$\hat{x} = \frac{x - \mu}{\sigma + \epsilon}$$

The small constant $\epsilon$ prevents a division by zero.
"""

import math


class Norm:
    r"""
    ## The layer

    * `eps` is $\epsilon$, and
    * `values` are the inputs $x$.
    """

    def __init__(self, eps: float = 1e-5) -> None:
        # The options stay as they are.
        self.eps = eps

    def forward(self, values: list[float]) -> list[float]:
        # The mean $\mu$ of all values
        mean = sum(values) / len(values)
        # This passage is not translated.
        variance = sum((value - mean) ** 2 for value in values) / len(values)
        deviation = math.sqrt(variance)
        # Every value is normalized by itself.
        return [(value - mean) / (deviation + self.eps) for value in values]
