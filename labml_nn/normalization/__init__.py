r"""
---
title: Normalization
summary: Layers that keep the activations of a network at a steady scale, and what distinguishes them.
---

# Normalization

A layer learns more slowly when the scale and the offset of its inputs change during training.
A normalization layer measures the mean and the variance of the activations and removes both.
The layers differ in the values over which they measure.

* [Batch normalization](batch_norm/index.html) measures each channel over the mini-batch.
* [Layer normalization](layer_norm/index.html) measures all units of a layer over one example.
* [Instance normalization](instance_norm/index.html) measures each channel over one example.
* [Group normalization](group_norm/index.html) measures a group of channels over one example.

## What they measure

Let $x_i$ be an activation, where $i = (i_N, i_C, i_H, i_W)$ names the example, the channel, the row
and the column. Each layer computes the mean $\mu_i$ and the variance $\sigma_i^2$ of a set
$\mathcal{S}_i$ of activations, and normalizes by them:
$$\hat{x}_i = \frac{x_i - \mu_i}{\sqrt{\sigma_i^2 + \epsilon}}$$

In the figure, a row is one of $N$ examples, a column is one of $C$ channels, and each square has
$H \times W$ activations. The marked square is that of $x_i$. All colored squares belong to
$\mathcal{S}_i$.

![The squares of one column belong to batch normalization, those of one row to layer normalization,
one square to instance normalization, and a part of a row to group normalization.](axes.svg)

* Batch normalization takes all examples: $\mathcal{S}_i = \{ k \mid k_C = i_C \}$
* Layer normalization takes all channels: $\mathcal{S}_i = \{ k \mid k_N = i_N \}$
* Instance normalization takes neither: $\mathcal{S}_i = \{ k \mid k_N = i_N, k_C = i_C \}$
* Group normalization takes the channels of the same group:
  $\mathcal{S}_i = \{ k \mid k_N = i_N, g(k_C) = g(i_C) \}$

With $G$ groups, the group of the channel $c$ is $g(c) = \lfloor \frac{c}{C / G} \rfloor$.

This example has $N = 4$ and $C = 6$. It finds out for each layer over which sets the mean of its
output is zero. The column stands for batch normalization, the row for layer normalization, the
square for instance normalization and the group for group normalization:

    >>> import torch
    >>> from labml_nn.normalization.batch_norm import BatchNorm
    >>> from labml_nn.normalization.group_norm import GroupNorm
    >>> from labml_nn.normalization.instance_norm import InstanceNorm
    >>> from labml_nn.normalization.layer_norm import LayerNorm
    >>> x = torch.arange(96.0, device=device).view(4, 6, 2, 2) ** 2 % 7
    >>> def zero_means(layer):
    ...     y = layer.to(device)(x).view(4, 2, 3, 2, 2)
    ...     means = {
    ...         "column": y.mean(dim=(0, 3, 4)),
    ...         "row": y.mean(dim=(1, 2, 3, 4)),
    ...         "square": y.mean(dim=(3, 4)),
    ...         "group": y.mean(dim=(2, 3, 4)),
    ...     }
    ...     return [name for name in means if means[name].abs().max() < 1e-5]
    >>> layers = [BatchNorm(6), LayerNorm([6, 2, 2])]
    >>> layers += [InstanceNorm(6), GroupNorm(2, 6)]
    >>> for layer in layers:
    ...     print(type(layer).__name__, zero_means(layer))
    BatchNorm ['column']
    LayerNorm ['row']
    InstanceNorm ['column', 'row', 'square', 'group']
    GroupNorm ['row', 'group']

The mean of several sets is zero if each of them has a zero mean. So instance normalization has all
these means at zero, and group normalization has that of the row at zero.

## When to use which

* **Batch normalization** suits convolutional networks that classify images and are trained with
  mini-batches of at least some tens of images.
* **Layer normalization** suits sequences, transformers and recurrent networks. It works with any
  batch size.
* **Group normalization** suits convolutional networks that are trained with few images at a time.
* **Instance normalization** suits networks that make images, where the contrast of the input should
  have no influence.

An [experiment](experiment.html) trains the same network with each of them. By how much our layers
are slower than those of PyTorch is told on [a page of its own](performance.html).
"""
