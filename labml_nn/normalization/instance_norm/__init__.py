r"""
---
title: Instance Normalization
summary: An annotated PyTorch implementation of instance normalization that agrees with torch.nn.
---

# Instance Normalization

This module implements the paper
[Instance Normalization: The Missing Ingredient for Fast
Stylization](https://arxiv.org/abs/1607.08022).

A network that gives an image the style of a painting should not care about the contrast of the
image. Instance normalization measures over each channel of each image alone, and so it removes the
contrast.

Let $x_{tijk}$ be a value of the input, where $t$ names the image, $i$ the channel, and $j$ and $k$
the position. Each channel has the width $W$ and the height $H$. This is its mean:
$$\mu_{ti} = \frac{1}{HW} \sum_{l=1}^W \sum_{m=1}^H x_{tilm}$$

The variance is the mean of the squared deviations:
$$\sigma_{ti}^2 = \frac{1}{HW} \sum_{l=1}^W \sum_{m=1}^H (x_{tilm} - \mu_{ti})^2$$

The output is the deviation, divided by the standard deviation:
$$y_{tijk} = \frac{x_{tijk} - \mu_{ti}}{\sqrt{\sigma_{ti}^2 + \epsilon}}$$
The small constant $\epsilon$ prevents a division by zero.

The layer can also scale each channel by $\gamma_i$ and shift it by $\beta_i$, which are learned.

The reasons for this design are explained in [the readme](readme.html).
"""

import torch
from torch import Tensor, nn


class InstanceNorm(nn.Module):
    r"""
    ## Instance normalization layer

    The input has the shape `[batch_size, channels, *]`, where `*` stands for one or more dimensions
    of positions. So one class does the work of `InstanceNorm1d`, `InstanceNorm2d` and
    `InstanceNorm3d` in `torch.nn`.

        >>> x = torch.tensor([[[1.0, 3.0], [40.0, 20.0]]], device=device)
        >>> y = InstanceNorm(2)(x)
        >>> y
        tensor([[[-1.0000,  1.0000],
                 [ 1.0000, -1.0000]]])

    It agrees with these layers. The names of the parameters agree too, so that a state dict can be
    loaded from either implementation into the other:

        >>> x = torch.arange(48.0, device=device).view(2, 3, 2, 4) ** 2
        >>> ours = InstanceNorm(3, affine=True).to(device)
        >>> theirs = nn.InstanceNorm2d(3, affine=True).to(device)
        >>> torch.allclose(ours(x), theirs(x), atol=1e-5)
        True
        >>> theirs.load_state_dict(ours.state_dict())
        <All keys matched successfully>

    The layers of PyTorch can keep running statistics for inference. The paper has none, because it
    normalizes in inference as it does in training, and neither has this layer:

        >>> torch.equal(ours.train()(x), ours.eval()(x)), list(ours.buffers())
        (True, [])
    """

    def __init__(self, channels: int, eps: float = 1e-5, affine: bool = False):
        r"""
        ### Parameters

        * `channels` is the number of channels of the input.
        * `eps` is $\epsilon$.
        * `affine` tells whether the layer learns $\gamma$ and $\beta$. As in PyTorch, it does not
          by default.

        The parameters have one value for each channel:

            >>> layer = InstanceNorm(3, affine=True)
            >>> {name: list(value.shape) for name, value in layer.named_parameters()}
            {'weight': [3], 'bias': [3]}
            >>> list(InstanceNorm(3).parameters())
            []
        """
        super().__init__()

        # Without channels, there is nothing to normalize.
        if channels < 1:
            raise ValueError(f"the number of channels must be one or more, got {channels}")

        # The options stay as they are during training.
        self.channels = channels
        self.eps = eps
        self.affine = affine

        # `weight` is $\gamma$ and `bias` is $\beta$, with one value for each channel.
        # At first they leave the normalized values unchanged.
        self.register_parameter("weight", nn.Parameter(torch.ones(channels)) if affine else None)
        self.register_parameter("bias", nn.Parameter(torch.zeros(channels)) if affine else None)

    def forward(self, x: Tensor) -> Tensor:
        r"""
        ### Normalize, scale and shift

        The input `x` has the shape `[batch_size, channels, *]`, and so has the result.

        The contrast of a channel is the factor between its values and the deviation from its mean.
        The output does not depend on it, and neither on the brightness, which is the mean:

            >>> layer = InstanceNorm(1)
            >>> image = torch.tensor([[[[0.0, 1.0], [4.0, 9.0]]]], device=device)
            >>> y = layer(image)
            >>> torch.allclose(layer(5 * image + 3), y, atol=1e-5)
            True

        The other images of the mini-batch have no influence either:

            >>> images = torch.cat([image, image.flip(3) ** 2])
            >>> torch.equal(layer(images)[:1], layer(image))
            True

        The constant $\epsilon$ is added to the variance. The values $-1$ and $1$ have the variance
        $1$, so with $\epsilon = 3$ they are divided by $\sqrt{1 + 3} = 2$. Equal values have no
        variance, and become zero:

            >>> x = torch.tensor([[[-1.0, 1.0], [7.0, 7.0]]], device=device)
            >>> InstanceNorm(2, eps=3.0)(x)
            tensor([[[-0.5000,  0.5000],
                     [ 0.0000,  0.0000]]])
            >>> InstanceNorm(2)(x)
            tensor([[[-1.0000,  1.0000],
                     [ 0.0000,  0.0000]]])

        A single position cannot be normalized, because it would always become zero:

            >>> InstanceNorm(2)(x[:, :, :1])
            Traceback (most recent call last):
            ValueError: expected more than one position per channel, got an input of shape [1, 2, 1]
        """
        # The second dimension of the input must count the channels.
        if x.dim() < 2 or x.shape[1] != self.channels:
            expected = f"[batch_size, {self.channels}, *]"
            raise ValueError(f"expected an input of shape {expected}, got {list(x.shape)}")

        # The number of positions is $HW$.
        # A single value is its own mean, so the normalized value would always be zero.
        if x.shape[2:].numel() < 2:
            raise ValueError(
                f"expected more than one position per channel, got an input of shape {list(x.shape)}"
            )

        # $x_{tijk} - \mu_{ti}$ and $\sigma_{ti}^2$ depend on the input, and the gradient flows
        # through both.
        deviation, variance = self.moments(x)

        # Each channel of each image has zero mean and unit variance now.
        y = deviation / torch.sqrt(variance + self.eps)
        if not self.affine:
            return y

        # The channels become the last dimension, so that $\gamma$ and $\beta$ apply to all
        # positions. Afterwards the channels return to their place.
        y = self.weight * y.movedim(1, -1) + self.bias
        return y.movedim(-1, 1)

    def moments(self, x: Tensor) -> tuple[Tensor, Tensor]:
        r"""
        ### Deviation and variance of each channel

        The variance takes two passes, because the difference $\mathbb{E}[x^2] - \mathbb{E}[x]^2$
        cancels in float32 when the mean is large compared with the deviations. This is explained at
        [batch normalization](../batch_norm/index.html#BatchNorm.moments).

        Here the mean is $100\,000 + \frac{1}{3}$, and the variance is $\frac{2}{9}$:

            >>> x = torch.tensor([[[100_000.0, 100_000.0, 100_001.0]]], device=device)
            >>> deviation, variance = InstanceNorm(1).moments(x)
            >>> deviation
            tensor([[[-0.3333, -0.3333,  0.6667]]])
            >>> variance
            tensor([[[0.2222]]])
        """
        # The average is taken over the positions.
        dims = tuple(range(2, x.dim()))

        # The first pass computes $\mu_{ti}$ and the deviation $x_{tijk} - \mu_{ti}$.
        deviation = x - x.mean(dim=dims, keepdim=True)

        # The mean of large inputs is rounded, and every deviation contains the same rounding error.
        # The exact deviations have zero mean, so the mean of the computed ones is this error.
        deviation = deviation - deviation.mean(dim=dims, keepdim=True)

        # The second pass computes `variance`, which is $\sigma_{ti}^2$. Its divisor is $HW$.
        variance = (deviation * deviation).mean(dim=dims, keepdim=True)

        return deviation, variance
