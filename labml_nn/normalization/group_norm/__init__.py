r"""
---
title: Group Normalization
summary: An annotated PyTorch implementation of group normalization that agrees with torch.nn.
---

# Group Normalization

This module implements the paper
[Group Normalization](https://arxiv.org/abs/1803.08494).

Batch normalization needs large mini-batches, because the statistics of a small one are a poor
estimate. Group normalization divides the channels of each example into groups and measures over one
group at a time. So the batch size has no influence.

Let $x_i$ be a value of the input, where $i = (i_N, i_C, i_H, i_W)$ names the example, the channel,
the row and the column. A normalization layer subtracts a mean from it and divides it by a standard
deviation:
$$\hat{x}_i = \frac{x_i - \mu_i}{\sigma_i}$$

Both are measured over a set $\mathcal{S}_i$ with $m$ values:
$$\mu_i = \frac{1}{m} \sum_{k \in \mathcal{S}_i} x_k$$
$$\sigma_i = \sqrt{\frac{1}{m} \sum_{k \in \mathcal{S}_i} (x_k - \mu_i)^2 + \epsilon}$$
The small constant $\epsilon$ prevents a division by zero.

The layers differ in the set. Group normalization divides the $C$ channels into $G$ groups of
$\frac{C}{G}$ channels each. The set has all values of the same example in the same group:
$$
\mathcal{S}_i = \Bigl\{ k \Bigm| k_N = i_N,
\Bigl\lfloor \frac{k_C}{C / G} \Bigr\rfloor = \Bigl\lfloor \frac{i_C}{C / G} \Bigr\rfloor \Bigr\}
$$

Each channel is scaled by $\gamma$ and shifted by $\beta$, which are learned:
$$y_i = \gamma \hat{x}_i + \beta$$

The reasons for this design are explained in [the readme](readme.html).
"""

import torch
from torch import Tensor, nn


class GroupNorm(nn.Module):
    r"""
    ## Group normalization layer

    The input has the shape `[batch_size, channels, *]`, where `*` stands for any number of
    dimensions, including none. In this example there are two groups of two channels:

        >>> x = torch.tensor([[1.0, 3.0, 40.0, 20.0]], device=device)
        >>> y = GroupNorm(2, 4).to(device)(x).detach()
        >>> y
        tensor([[-1.0000,  1.0000,  1.0000, -1.0000]])

    The layer agrees with `GroupNorm` in `torch.nn`. The names of the parameters agree too, so that
    a state dict can be loaded from either implementation into the other:

        >>> x = torch.arange(48.0, device=device).view(2, 6, 4) ** 2
        >>> ours, theirs = GroupNorm(3, 6).to(device), nn.GroupNorm(3, 6).to(device)
        >>> torch.allclose(ours(x), theirs(x), atol=1e-5)
        True
        >>> theirs.load_state_dict(ours.state_dict())
        <All keys matched successfully>

    With a single group, the layer measures what [layer normalization](../layer_norm/index.html)
    measures. With as many groups as channels, it measures what
    [instance normalization](../instance_norm/index.html) measures:

        >>> y = GroupNorm(1, 6).to(device)(x)
        >>> torch.allclose(y, nn.functional.layer_norm(x, [6, 4]), atol=1e-5)
        True
        >>> y = GroupNorm(6, 6).to(device)(x)
        >>> torch.allclose(y, nn.functional.instance_norm(x), atol=1e-5)
        True
    """

    def __init__(self, groups: int, channels: int, eps: float = 1e-5, affine: bool = True):
        r"""
        ### Parameters

        * `groups` is $G$, the number of groups.
        * `channels` is $C$, the number of channels of the input.
        * `eps` is $\epsilon$.
        * `affine` tells whether the layer learns $\gamma$ and $\beta$.

        The parameters belong to the channels, not to the groups:

            >>> {name: list(value.shape) for name, value in GroupNorm(2, 6).named_parameters()}
            {'weight': [6], 'bias': [6]}
            >>> list(GroupNorm(2, 6, affine=False).parameters())
            []

        All groups have the same number of channels:

            >>> GroupNorm(4, 6)
            Traceback (most recent call last):
            ValueError: cannot divide 6 channels into 4 groups of the same size
        """
        super().__init__()

        # The number of channels is a multiple of the number of groups.
        if groups < 1 or channels < 1 or channels % groups:
            raise ValueError(
                f"cannot divide {channels} channels into {groups} groups of the same size"
            )

        # The options stay as they are during training.
        self.groups = groups
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

        An example has the same output in every mini-batch, and inference is the same as training:

            >>> layer = GroupNorm(2, 4).to(device)
            >>> x = torch.arange(24.0, device=device).view(2, 4, 3) ** 2
            >>> torch.equal(layer(x)[:1], layer(x[:1])), torch.equal(layer(x), layer.eval()(x))
            (True, True)

        In each group, the mean is zero and the variance is one. A channel alone keeps its own mean:

            >>> y = layer(x).detach()
            >>> mean = y.view(2, 2, 6).mean(dim=2)
            >>> torch.allclose(mean, torch.zeros_like(mean), atol=1e-5)
            True
            >>> y.view(2, 2, 6).var(dim=2, correction=0)
            tensor([[1.0000, 1.0000],
                    [1.0000, 1.0000]])
            >>> y[0].mean(dim=1)
            tensor([-0.8431,  0.8431, -0.8751,  0.8751])

        The constant $\epsilon$ is added to the variance. The values $-1$ and $1$ have the variance
        $1$, so with $\epsilon = 3$ they are divided by $\sqrt{1 + 3} = 2$. Equal values have no
        variance, and become zero:

            >>> x = torch.tensor([[-1.0, 1.0, 7.0, 7.0]], device=device)
            >>> GroupNorm(2, 4, eps=3.0).to(device)(x).detach()
            tensor([[-0.5000,  0.5000,  0.0000,  0.0000]])
            >>> GroupNorm(2, 4).to(device)(x).detach()
            tensor([[-1.0000,  1.0000,  0.0000,  0.0000]])
        """
        # The second dimension of the input must count the channels.
        if x.dim() < 2 or x.shape[1] != self.channels:
            expected = f"[batch_size, {self.channels}, *]"
            raise ValueError(f"expected an input of shape {expected}, got {list(x.shape)}")

        # The channels are divided into groups: `[batch_size, groups, channels / groups, *]`.
        x = x.unflatten(1, (self.groups, self.channels // self.groups))

        # $x_i - \mu_i$ and the variance depend on the input, and the gradient flows through both.
        deviation, variance = self.moments(x)

        # `x_hat` is $\hat{x}$, and its divisor is $\sigma_i$.
        x_hat = deviation / torch.sqrt(variance + self.eps)

        # The groups are joined, and the shape is `[batch_size, channels, *]` again.
        x_hat = x_hat.flatten(1, 2)
        if not self.affine:
            return x_hat

        # The channels become the last dimension, so that $\gamma$ and $\beta$ apply to all
        # positions. Afterwards the channels return to their place.
        y = self.weight * x_hat.movedim(1, -1) + self.bias
        return y.movedim(-1, 1)

    def moments(self, x: Tensor) -> tuple[Tensor, Tensor]:
        r"""
        ### Deviation and variance of each group

        The variance takes two passes, because the difference $\mathbb{E}[x^2] - \mathbb{E}[x]^2$
        cancels in float32 when $\mu_i$ is large compared with $\sigma_i$. This is explained at
        [batch normalization](../batch_norm/index.html#BatchNorm.moments).

        Here `x` has the shape `[batch_size, groups, channels / groups, *]`. The mean is
        $100\,000 + \frac{1}{3}$, and the variance is $\frac{2}{9}$:

            >>> x = torch.tensor([[[100_000.0, 100_000.0, 100_001.0]]], device=device)
            >>> deviation, variance = GroupNorm(1, 3).moments(x)
            >>> deviation
            tensor([[[-0.3333, -0.3333,  0.6667]]])
            >>> variance
            tensor([[[0.2222]]])
        """
        # The set $\mathcal{S}_i$ has all values of the dimensions after the group.
        dims = tuple(range(2, x.dim()))

        # The first pass computes $\mu_i$ and the deviation $x_i - \mu_i$.
        deviation = x - x.mean(dim=dims, keepdim=True)

        # The mean of large inputs is rounded, and every deviation contains the same rounding error.
        # The exact deviations have zero mean, so the mean of the computed ones is this error.
        deviation = deviation - deviation.mean(dim=dims, keepdim=True)

        # The second pass computes the mean of the squared deviations. Its divisor is $m$.
        variance = (deviation * deviation).mean(dim=dims, keepdim=True)

        return deviation, variance
