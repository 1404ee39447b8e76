"""
---
title: Normalization
summary: Layers that keep the activations of a network at a steady scale.
---

# Normalization

A layer learns more slowly when the scale and the offset of its inputs change during training.
A normalization layer measures the mean and the variance of the activations and removes both.
The layers differ in the values over which they measure.

* [Batch normalization](batch_norm/index.html) measures each channel over the mini-batch.
"""
