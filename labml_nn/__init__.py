"""
---
title: Annotated neural networks
summary: Implementations of deep learning papers, written as essays that run.
---

# Annotated neural networks

Each module of this package implements one idea from the literature and explains it beside the code.
The implementations are written with [PyTorch](https://pytorch.org).
They are tested against the layers of PyTorch where it has them.

* [Normalization](normalization/index.html)
"""
