r"""
---
title: Batch Normalization
summary: An annotated PyTorch implementation of batch normalization that agrees with torch.nn.
---

# Batch Normalization

This module implements the paper
[Batch Normalization: Accelerating Deep Network Training by Reducing
Internal Covariate Shift](https://arxiv.org/abs/1502.03167).

While a network trains, the inputs of each layer change because the layers before it change.
Batch normalization brings every channel to zero mean and unit variance over the mini-batch.
Afterwards it scales and shifts each channel by two learned parameters, so that the network can
still represent what it could represent before.

Let $x_1, \dots, x_m$ be the values of one channel in the mini-batch $\mathcal{B}$.
This is their mean:
$$\mu_\mathcal{B} = \frac{1}{m} \sum_{i=1}^m x_i$$

The variance is the mean of the squared deviations:
$$\sigma^2_\mathcal{B} = \frac{1}{m} \sum_{i=1}^m (x_i - \mu_\mathcal{B})^2$$

The normalized value is the deviation, divided by the standard deviation:
$$\hat{x}_i = \frac{x_i - \mu_\mathcal{B}}{\sqrt{\sigma^2_\mathcal{B} + \epsilon}}$$
The small constant $\epsilon$ prevents a division by zero.

The output of the layer is the normalized value, scaled by $\gamma$ and shifted by $\beta$:
$$y_i = \gamma \hat{x}_i + \beta$$
The network learns $\gamma$ and $\beta$ together with its weights.

The reasons for this design are explained in [the readme](readme.html).
"""

import torch
from torch import Tensor, nn


class BatchNorm(nn.Module):
    r"""
    ## Batch normalization layer

    The input has the shape `[batch_size, channels, *]`, where `*` stands for any number of
    dimensions, including none. So one class does the work of `BatchNorm1d`, `BatchNorm2d` and
    `BatchNorm3d` in `torch.nn`. Its parameters and buffers carry the names that PyTorch uses, so
    that a state dict can be loaded from either implementation into the other.

        >>> x = torch.tensor([[1.0, 40.0], [3.0, 20.0]], device=device)
        >>> y = BatchNorm(2).to(device)(x).detach()
        >>> y
        tensor([[-1.0000,  1.0000],
                [ 1.0000, -1.0000]])

    The output has the shape of the input and the values that PyTorch computes:

        >>> x = torch.arange(24.0, device=device).view(2, 3, 4) ** 2
        >>> ours, theirs = BatchNorm(3).to(device), nn.BatchNorm1d(3).to(device)
        >>> y = ours(x)
        >>> y.shape, torch.allclose(y, theirs(x), atol=1e-5)
        (torch.Size([2, 3, 4]), True)
        >>> theirs.load_state_dict(ours.state_dict())
        <All keys matched successfully>

    More dimensions are more positions, and nothing else. Without them, each example has one value
    in each channel:

        >>> torch.equal(ours(x.view(2, 3, 2, 2)), ours(x).view(2, 3, 2, 2))
        True
        >>> torch.allclose(ours(x[:, :, 0]), theirs(x[:, :, 0]), atol=1e-5)
        True
    """

    def __init__(
        self,
        channels: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
    ):
        r"""
        ### Parameters and buffers

        * `channels` is the number of channels of the input.
        * `eps` is $\epsilon$.
        * `momentum` is $\alpha$, the weight of the newest mini-batch in the running statistics.
          With `None`, all mini-batches have the same weight.
        * `affine` tells whether the layer learns $\gamma$ and $\beta$.
        * `track_running_stats` tells whether the layer keeps running statistics for inference.
          Without them, the statistics of the mini-batch are used in inference, too.

        Everything has one value for each channel, except the number of mini-batches:

            >>> {name: list(value.shape) for name, value in BatchNorm(3).named_parameters()}
            {'weight': [3], 'bias': [3]}
            >>> {name: list(value.shape) for name, value in BatchNorm(3).named_buffers()}
            {'running_mean': [3], 'running_var': [3], 'num_batches_tracked': []}
            >>> list(BatchNorm(3, affine=False).parameters())
            []
            >>> list(BatchNorm(3, track_running_stats=False).buffers())
            []
        """
        super().__init__()

        # The options stay as they are during training.
        self.channels = channels
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats

        # `weight` is $\gamma$ and `bias` is $\beta$, with one value for each channel.
        # At first they leave the normalized values unchanged.
        self.register_parameter("weight", nn.Parameter(torch.ones(channels)) if affine else None)
        self.register_parameter("bias", nn.Parameter(torch.zeros(channels)) if affine else None)

        # `running_mean` is $\mu$ and `running_var` is $\sigma^2$, the estimates for inference.
        # They are saved with the parameters, but no gradient changes them.
        tracked = track_running_stats
        self.register_buffer("running_mean", torch.zeros(channels) if tracked else None)
        self.register_buffer("running_var", torch.ones(channels) if tracked else None)

        # `num_batches_tracked` is $t$, the number of mini-batches in the estimates.
        self.register_buffer("num_batches_tracked", torch.tensor(0) if tracked else None)

    def forward(self, x: Tensor) -> Tensor:
        r"""
        ### Normalize, scale and shift

        The input `x` has the shape `[batch_size, channels, *]`, and so has the result.

        In training, the output for an example depends on the other examples:

            >>> layer = BatchNorm(1).to(device)
            >>> x = torch.tensor([[2.0], [4.0], [9.0]], device=device)
            >>> layer(x)[:2].flatten().detach()
            tensor([-1.0190, -0.3397])
            >>> layer(x[:2]).flatten().detach()
            tensor([-1.0000,  1.0000])

        In inference it does not, because all examples are normalized by the running statistics,
        which stay as they are:

            >>> statistics = layer.eval().running_mean.clone()
            >>> torch.equal(layer(x)[:2], layer(x[:2]))
            True
            >>> torch.equal(layer.running_mean, statistics)
            True

        Without running statistics, inference is the same as training:

            >>> layer = BatchNorm(1, track_running_stats=False).to(device)
            >>> torch.equal(layer.train()(x), layer.eval()(x))
            True

        The output is scaled by $\gamma$ and shifted by $\beta$:

            >>> layer.load_state_dict({"weight": torch.tensor([10.0]), "bias": torch.tensor([5.0])})
            <All keys matched successfully>
            >>> layer(x[:2]).flatten().detach()
            tensor([-5.0000, 15.0000])

        The constant $\epsilon$ is added to the variance. The values $-1$ and $1$ have the variance
        $1$, so with $\epsilon = 3$ they are divided by $\sqrt{1 + 3} = 2$. Equal values have no
        variance, and become zero:

            >>> x = torch.tensor([[-1.0, 7.0], [1.0, 7.0]], device=device)
            >>> BatchNorm(2, eps=3.0, affine=False).to(device)(x)
            tensor([[-0.5000,  0.0000],
                    [ 0.5000,  0.0000]])
            >>> BatchNorm(2, affine=False).to(device)(x)
            tensor([[-1.0000,  0.0000],
                    [ 1.0000,  0.0000]])

        The layer tells what it cannot normalize:

            >>> layer(x)
            Traceback (most recent call last):
            ValueError: expected an input of shape [batch_size, 1, *], got [2, 2]
        """
        # The second dimension of the input must count the channels.
        if x.dim() < 2 or x.shape[1] != self.channels:
            expected = f"[batch_size, {self.channels}, *]"
            raise ValueError(f"expected an input of shape {expected}, got {list(x.shape)}")

        # The mini-batch provides the statistics in training.
        # It also provides them in inference if no running statistics exist.
        use_batch = self.training or self.running_mean is None

        # `count` is $m$, the number of values in each channel.
        # A single value is its own mean, so the normalized value would always be zero.
        count = x.numel() // self.channels
        if use_batch and count < 2:
            raise ValueError(
                "expected more than one value per channel to compute the statistics of the batch, "
                f"got an input of shape {list(x.shape)}"
            )

        # The channels become the last dimension, and the shape becomes `[batch_size, *, channels]`.
        # Then a vector with one value for each channel applies to all positions.
        x = x.movedim(1, -1)

        # In training, $x - \mu_\mathcal{B}$ and $\sigma^2_\mathcal{B}$ depend on the input, and
        # the gradient flows through both.
        if use_batch:
            mean, deviation, variance = self.moments(x)

        # In inference, $\mu$ and $\sigma^2$ are constants, and each example is normalized
        # independently of the others.
        else:
            deviation, variance = x - self.running_mean, self.running_var

        # Training also updates the estimates for inference.
        if self.training and self.track_running_stats:
            self.track(mean, variance, count)

        # `x_hat` is $\hat{x}$, with zero mean and unit variance in each channel.
        x_hat = deviation / torch.sqrt(variance + self.eps)

        # The learned parameters give the output $y = \gamma \hat{x} + \beta$.
        y = self.weight * x_hat + self.bias if self.affine else x_hat

        # The channels return to their place, and the shape is `[batch_size, channels, *]` again.
        return y.movedim(-1, 1)

    def moments(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        r"""
        ### Mean, deviation and variance of the mini-batch

        The variance takes two passes. The first pass computes the mean $\mu_\mathcal{B}$, and the
        second pass averages the squared deviations from it.

        One pass would be enough for the equivalent formula
        $\sigma^2_\mathcal{B} = \mathbb{E}[x^2] - \mathbb{E}[x]^2$, but in float32 it cancels
        catastrophically when the mean is large compared with the deviations. The squares of
        inputs near $10^5$ are rounded to multiples of $1024$, so that nothing remains of a variance
        near $1$. The difference can even be negative, and then its square root does not exist.

            >>> x = torch.tensor([[100_027.0], [100_029.0]], device=device)
            >>> (x * x).mean() - x.mean() ** 2
            tensor(-1024.)
            >>> mean, deviation, variance = BatchNorm(1).to(device).moments(x)
            >>> variance
            tensor([1.])

        Inputs near $10^4$ suffer, too, because their squares are rounded to multiples of $8$:

            >>> x = torch.tensor([[9_999.0], [10_001.0]], device=device)
            >>> (x * x).mean() - x.mean() ** 2
            tensor(0.)
            >>> mean, deviation, variance = BatchNorm(1).to(device).moments(x)
            >>> variance
            tensor([1.])

        The deviations are accurate even if float32 cannot represent the mean. Here it is
        $100\,000 + \frac{1}{3}$:

            >>> x = torch.tensor([[100_000.0], [100_000.0], [100_001.0]], device=device)
            >>> mean, deviation, variance = BatchNorm(1).to(device).moments(x)
            >>> deviation.flatten(), variance
            (tensor([-0.3333, -0.3333,  0.6667]), tensor([0.2222]))

        Here `x` has the shape `[batch_size, *, channels]`.
        """
        # Each channel is averaged over all dimensions but the last one.
        dims = tuple(range(x.dim() - 1))

        # The first pass computes `mean`, which is $\mu_\mathcal{B}$.
        # The deviation from it is $x - \mu_\mathcal{B}$.
        mean = x.mean(dim=dims)
        deviation = x - mean

        # The mean of large inputs is rounded, and every deviation contains the same rounding error.
        # The exact deviations have zero mean, so the mean of the computed ones is this error.
        error = deviation.mean(dim=dims)
        mean, deviation = mean + error, deviation - error

        # The second pass computes `variance`, which is $\sigma^2_\mathcal{B}$.
        # Its divisor is $m$, because this is the variance of the mini-batch itself.
        variance = (deviation * deviation).mean(dim=dims)

        return mean, deviation, variance

    @torch.no_grad()
    def track(self, mean: Tensor, variance: Tensor, count: int) -> None:
        r"""
        ### Running statistics for inference

        The running statistics are averages over the mini-batches of the training. With a constant
        weight $\alpha$ they are exponential moving averages. This is the average of the means:
        $$\mu \leftarrow (1 - \alpha) \mu + \alpha \mu_\mathcal{B}$$

        This is the average of the variances:
        $$\sigma^2 \leftarrow (1 - \alpha) \sigma^2 + \alpha \frac{m}{m - 1} \sigma^2_\mathcal{B}$$

        The factor $\frac{m}{m - 1}$ makes the variance of the mini-batch an unbiased estimate of
        the variance of the data.

        The values $1$ and $3$ have the mean $2$ and the variance $1$, and $m$ is $2$. At first
        $\mu$ is $0$ and $\sigma^2$ is $1$, so with $\alpha = 0.1$ they become
        $0.9 \cdot 0 + 0.1 \cdot 2$ and $0.9 \cdot 1 + 0.1 \cdot 2$:

            >>> layer = BatchNorm(1).to(device)
            >>> x = torch.tensor([[1.0], [3.0]], device=device)
            >>> y = layer(x)
            >>> layer.running_mean, layer.running_var, layer.num_batches_tracked
            (tensor([0.2000]), tensor([1.1000]), tensor(1))

        Without a constant weight, the statistics of all mini-batches are averaged. The means are
        $2$ and $12$, the unbiased variances are $2$ and $18$:

            >>> layer = BatchNorm(1, momentum=None).to(device)
            >>> y = layer(x), layer(3 * x + 6)
            >>> layer.running_mean, layer.running_var, layer.num_batches_tracked
            (tensor([7.]), tensor([10.]), tensor(2))
        """
        # The mini-batch is counted as number $t$.
        self.num_batches_tracked.add_(1)

        # `alpha` is the weight $\alpha$.
        # If none is given, $\alpha = \frac{1}{t}$ yields the plain average of all mini-batches.
        alpha = self.momentum
        if alpha is None:
            alpha = 1 / self.num_batches_tracked.item()

        # The divisor of the unbiased variance is $m - 1$.
        unbiased_variance = variance * (count / (count - 1))

        # Both buffers change in place.
        self.running_mean.mul_(1 - alpha).add_(alpha * mean)
        self.running_var.mul_(1 - alpha).add_(alpha * unbiased_variance)
