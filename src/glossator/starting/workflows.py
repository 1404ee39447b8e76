"""Workflows for GitHub: one builds the site and publishes it, one looks after translations.

Actions are named by the commit of a release: a tag could be moved to other code.
"""

from __future__ import annotations

CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1  # v7.0.1"
PYTHON = "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97  # v7.0.0"
UPLOAD = "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9  # v5.0.0"
DEPLOY = "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128  # v5.0.0"

_SITE = """\
# Builds the site and publishes it on GitHub Pages. Once, by hand: Settings > Pages > Source:
# "GitHub Actions".
name: site

on:
  push:
    branches: ["{branch}"]
  pull_request:
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: site-${{{{ github.ref }}}}
  cancel-in-progress: true

jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: {checkout}
        with:
          persist-credentials: false
      - uses: {python}
        with:
          python-version: "3.13"
      - run: pip install "glossator{version}"
      - run: mkdocs build
      - uses: {upload}
        with:
          path: site

  publish:
    if: github.event_name != 'pull_request'
    needs: build
    runs-on: ubuntu-latest
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: ${{{{ steps.publish.outputs.page_url }}}}
    steps:
      - id: publish
        uses: {deploy}
"""

_TRANSLATIONS = """\
# Says of a pull request what is wrong with the translations that it touches, on the lines where it
# is wrong, and fails if a catalog lacks entries: `glossator sync` makes them.
name: translations

on:
  pull_request:

permissions:
  contents: read

jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: {checkout}
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: {python}
        with:
          python-version: "3.13"
      - run: pip install "glossator{version}"
      - run: glossator check --format github --changed-since "$BASE"
        env:
          BASE: ${{{{ github.event.pull_request.base.sha }}}}
      - run: glossator sync --check
"""


def site_workflow(branch: str, version: str) -> str:
    """The workflow that builds and publishes the site whenever a branch changes."""
    return _SITE.format(
        branch=branch, version=version, checkout=CHECKOUT, python=PYTHON, upload=UPLOAD,
        deploy=DEPLOY,
    )  # fmt: skip


def translations_workflow(version: str) -> str:
    """The workflow that checks the translations of pull requests."""
    return _TRANSLATIONS.format(version=version, checkout=CHECKOUT, python=PYTHON)
