r"""
---
title: Layer Normalization
summary: An annotated PyTorch implementation of layer normalization that agrees with torch.nn.
---

# Layer Normalization

This module implements the paper
[Layer Normalization](https://arxiv.org/abs/1607.06450).

Batch normalization measures over the mini-batch. So the output for one example depends on the
other examples, and training differs from inference. Layer normalization measures over the units of
the layer instead, for each example alone. It does the same in training and in inference, and the
batch size has no influence.

Let $a_1, \dots, a_H$ be the summed inputs to the $H$ units of a layer, for one example.
This is their mean:
$$\mu = \frac{1}{H} \sum_{i=1}^H a_i$$

The standard deviation is the root of the mean squared deviation:
$$\sigma = \sqrt{\frac{1}{H} \sum_{i=1}^H (a_i - \mu)^2}$$

Each unit $i$ has a gain $g_i$ and a bias $b_i$, which are learned. This is its output, where $f$ is
the activation function:
$$h_i = f \Bigl( \frac{g_i}{\sigma} (a_i - \mu) + b_i \Bigr)$$

The layer on this page computes the argument of $f$. A small constant $\epsilon$ prevents a division
by zero:
$$y_i = g_i \frac{a_i - \mu}{\sqrt{\sigma^2 + \epsilon}} + b_i$$

The reasons for this design are explained in [the readme](readme.html).
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn


class LayerNorm(nn.Module):
    r"""
    ## Layer normalization layer

    The input has the shape `[*, *normalized_shape]`. The last dimensions are the units, and the
    first `*` stands for any number of dimensions, including none. In this example, each row is
    normalized:

        >>> x = torch.tensor([[1.0, 3.0], [40.0, 20.0]], device=device)
        >>> y = LayerNorm(2).to(device)(x).detach()
        >>> y
        tensor([[-1.0000,  1.0000],
                [ 1.0000, -1.0000]])

    The layer agrees with `LayerNorm` in `torch.nn`. The names of the parameters agree too, so that
    a state dict can be loaded from either implementation into the other:

        >>> x = torch.arange(24.0, device=device).view(2, 3, 4) ** 2
        >>> ours, theirs = LayerNorm([3, 4]).to(device), nn.LayerNorm([3, 4]).to(device)
        >>> torch.allclose(ours(x), theirs(x), atol=1e-5)
        True
        >>> theirs.load_state_dict(ours.state_dict())
        <All keys matched successfully>
    """

    def __init__(
        self,
        normalized_shape: int | Sequence[int],
        eps: float = 1e-5,
        elementwise_affine: bool = True,
        bias: bool = True,
    ):
        r"""
        ### Parameters

        * `normalized_shape` is the shape of the units, the last dimensions of the input. A single
          number stands for one dimension.
        * `eps` is $\epsilon$.
        * `elementwise_affine` tells whether the layer learns $g$.
        * `bias` tells whether it also learns $b$. Without $g$ there is no $b$.

        There are as many gains and as many biases as units:

            >>> {name: list(value.shape) for name, value in LayerNorm([3, 4]).named_parameters()}
            {'weight': [3, 4], 'bias': [3, 4]}
            >>> [name for name, value in LayerNorm([3, 4], bias=False).named_parameters()]
            ['weight']
            >>> list(LayerNorm([3, 4], elementwise_affine=False).parameters())
            []
        """
        super().__init__()

        # Without units, there is nothing to measure.
        single = isinstance(normalized_shape, int)
        shape = (normalized_shape,) if single else tuple(normalized_shape)
        if not shape or min(shape) < 1:
            raise ValueError(
                f"normalized_shape must have sizes of one or more, got {normalized_shape}"
            )

        # The options stay as they are during training.
        self.normalized_shape = shape
        self.eps = eps
        self.elementwise_affine = elementwise_affine

        # `weight` is $g$ and `bias` is $b$, with one value for each unit.
        # At first they leave the normalized values unchanged.
        gain = nn.Parameter(torch.ones(shape)) if elementwise_affine else None
        shift = nn.Parameter(torch.zeros(shape)) if elementwise_affine and bias else None
        self.register_parameter("weight", gain)
        self.register_parameter("bias", shift)

    def forward(self, x: Tensor) -> Tensor:
        r"""
        ### Normalize, scale and shift

        The input `x` has the shape `[*, *normalized_shape]`, and so has the result. Its values
        are $a$.

        An example has the same output, whatever stands beside it:

            >>> layer = LayerNorm(3).to(device)
            >>> x = torch.tensor([[1.0, 2.0, 6.0], [500.0, 0.0, -500.0]], device=device)
            >>> torch.equal(layer(x)[:1], layer(x[:1]))
            True

        There are no running statistics, so inference is the same as training:

            >>> in_training, in_inference = layer.train()(x), layer.eval()(x)
            >>> torch.equal(in_training, in_inference), list(layer.buffers())
            (True, [])

        The output does not change if an example is scaled by a positive number and shifted, because
        $\mu$ and $\sigma$ change with it:

            >>> torch.allclose(layer(5 * x + 7), layer(x), atol=1e-5)
            True

        The constant $\epsilon$ is added to the variance. The values $-1$ and $1$ have the variance
        $1$, so with $\epsilon = 3$ they are divided by $\sqrt{1 + 3} = 2$. Equal values have no
        variance, and become zero:

            >>> LayerNorm(2, eps=3.0).to(device)(torch.tensor([-1.0, 1.0], device=device)).detach()
            tensor([-0.5000,  0.5000])
            >>> LayerNorm(2).to(device)(torch.tensor([7.0, 7.0], device=device)).detach()
            tensor([0., 0.])
        """
        # The last dimensions of the input must be the units.
        count = len(self.normalized_shape)
        if x.dim() < count or tuple(x.shape[-count:]) != self.normalized_shape:
            expected = ", ".join(map(str, ("*", *self.normalized_shape)))
            raise ValueError(f"expected an input of shape [{expected}], got {list(x.shape)}")

        # $a - \mu$ and $\sigma^2$ depend on the input, and the gradient flows through both.
        deviation, variance = self.moments(x)

        # The normalized value has zero mean and unit variance in each example.
        y = deviation / torch.sqrt(variance + self.eps)

        # The gain $g$ and the bias $b$ belong to the units, so they are the same for all examples.
        y = y if self.weight is None else self.weight * y
        return y if self.bias is None else y + self.bias

    def moments(self, x: Tensor) -> tuple[Tensor, Tensor]:
        r"""
        ### Deviation and variance of each example

        The variance takes two passes, because the difference $\mathbb{E}[a^2] - \mathbb{E}[a]^2$
        cancels in float32 when $\mu$ is large compared with $\sigma$. This is explained at
        [batch normalization](../batch_norm/index.html#BatchNorm.moments).

        Here the mean is $100\,000 + \frac{1}{3}$, and the variance is $\frac{2}{9}$:

            >>> x = torch.tensor([100_000.0, 100_000.0, 100_001.0], device=device)
            >>> deviation, variance = LayerNorm(3).moments(x)
            >>> deviation
            tensor([-0.3333, -0.3333,  0.6667])
            >>> variance
            tensor([0.2222])
        """
        # The average is taken over the dimensions of the units.
        dims = tuple(range(-len(self.normalized_shape), 0))

        # The first pass computes $\mu$ and the deviation $a - \mu$.
        deviation = x - x.mean(dim=dims, keepdim=True)

        # The mean of large inputs is rounded, and every deviation contains the same rounding error.
        # The exact deviations have zero mean, so the mean of the computed ones is this error.
        deviation = deviation - deviation.mean(dim=dims, keepdim=True)

        # The second pass computes `variance`, which is $\sigma^2$. Its divisor is $H$.
        variance = (deviation * deviation).mean(dim=dims, keepdim=True)

        return deviation, variance
