"""Workflows for GitHub: one builds the site and publishes it, three look after translations.

Actions are named by the commit of a release: a tag could be moved to other code.
"""

from __future__ import annotations

CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1  # v7.0.1"
PYTHON = "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97  # v7.0.0"
RESTORE = "actions/cache/restore@55cc8345863c7cc4c66a329aec7e433d2d1c52a9  # v6.1.0"
SAVE = "actions/cache/save@55cc8345863c7cc4c66a329aec7e433d2d1c52a9  # v6.1.0"
UPLOAD = "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9  # v5.0.0"
ARTIFACT = "actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a  # v7.0.1"
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
          # The whole history tells who has translated what.
          fetch-depth: 0
          persist-credentials: false
      - uses: {python}
        with:
          python-version: "3.13"
      - run: pip install "glossator{version}"
      - uses: {restore}
        with:
          path: .glossator-cache
          key: glossator-${{{{ github.sha }}}}
          restore-keys: glossator-
      - run: mkdocs build
      # What lies in the cache is published, so no pull request puts anything there.
      - if: github.event_name != 'pull_request'
        uses: {save}
        with:
          path: .glossator-cache
          key: glossator-${{{{ github.sha }}}}
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
# Tells a pull request what is wrong with the translations that it touches, on the lines where it is
# wrong; shows what readers will see, as a file to download; and sums up the numbers. Catalogs that
# lack entries do not make it fail: the workflow `catalogs` brings them up to date.
name: translations

on:
  pull_request:

permissions:
  contents: read

concurrency:
  group: translations-${{{{ github.ref }}}}
  cancel-in-progress: true

jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    env:
      BASE: ${{{{ github.event.pull_request.base.sha }}}}
    steps:
      - uses: {checkout}
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: {python}
        with:
          python-version: "3.13"
      - run: {install}
      - name: What is wrong
        run: glossator check --format github --changed-since "$BASE"
      - name: What readers will see
        if: ${{{{ !cancelled() }}}}
        run: glossator preview --changed-since "$BASE" -o "$RUNNER_TEMP/preview.html"
      - uses: {artifact}
        if: ${{{{ !cancelled() }}}}
        with:
          name: preview
          path: ${{{{ runner.temp }}}}/preview.html
      - name: What becomes of the numbers
        if: ${{{{ !cancelled() }}}}
        run: |
          cd "$RUNNER_TEMP" && git -C "$GITHUB_WORKSPACE" worktree add --detach "$PWD/base" "$BASE"
          glossator status --format json -f base/mkdocs.yml > before.json || true
          cd "$GITHUB_WORKSPACE"
          # Only in this checkout: suggestions are made by it.
          glossator sync > "$RUNNER_TEMP/sync.txt" 2>&1 || true
          [ ! -s "$RUNNER_TEMP/before.json" ] || set -- --before "$RUNNER_TEMP/before.json"
          {{
            glossator summary "$@" --changed-since "$BASE"
            printf '\\n### What `glossator sync` will do\\n\\n'
            sed 's/^/    /' "$RUNNER_TEMP/sync.txt"
          }} >> "$GITHUB_STEP_SUMMARY"
"""

_PULL_REQUESTS = """\
# Once, by hand: Settings > Actions > General > "Allow GitHub Actions to create and approve pull
# requests". A pull request that a workflow opens starts no other workflow: close it and open it
# again to have it checked.
"""

_CATALOGS = """\
# Brings the catalogs up to date with the sources, in a pull request of its own, so that who edits a
# source never has to touch a catalog.
{once}name: catalogs

on:
  push:
    branches: ["{branch}"]
  workflow_dispatch:

permissions:
  contents: write
  pull-requests: write

concurrency:
  group: catalogs

jobs:
  sync:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: {checkout}
        with:
          persist-credentials: false
      - uses: {python}
        with:
          python-version: "3.13"
      - run: {install}
      - run: glossator sync > "$RUNNER_TEMP/sync.txt"
      # A catalog that cannot be read is told above, and keeps no other back.
      - if: ${{{{ !cancelled() }}}}
        env:
          GH_TOKEN: ${{{{ github.token }}}}
          BRANCH: glossator/sync
          TITLE: Bring the catalogs up to date
        run: |
{open}"""

_LANGUAGE = """\
# Starts a language: adds it to the configuration, makes its catalogs, and opens a pull request with
# both. Run it in the browser: Actions > language > Run workflow.
{once}name: language

on:
  workflow_dispatch:
    inputs:
      locale:
        description: "The language, such as ko, pt-BR or zh-Hant"
        required: true

permissions:
  contents: write
  pull-requests: write

jobs:
  start:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    env:
      LOCALE: ${{{{ inputs.locale }}}}
    steps:
      - uses: {checkout}
        with:
          persist-credentials: false
      - uses: {python}
        with:
          python-version: "3.13"
      - run: {install}
      - run: glossator start "$LOCALE"
      - run: glossator sync --locale "$LOCALE" > "$RUNNER_TEMP/sync.txt"
      - env:
          GH_TOKEN: ${{{{ github.token }}}}
          BRANCH: glossator/start-${{{{ inputs.locale }}}}
          TITLE: Start a translation into ${{{{ inputs.locale }}}}
        run: |
{open}"""

_OPEN = """\
          [ -n "$(git status --porcelain)" ] || exit 0
          git config user.name "github-actions[bot]"
          git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
          git switch --create "$BRANCH"
          git add --all
          git commit --quiet --message "$TITLE"
          gh auth setup-git
          git push --force origin "$BRANCH"
          sed 's/^/    /' "$RUNNER_TEMP/sync.txt" > "$RUNNER_TEMP/body.md"
          gh pr create --head "$BRANCH" --title "$TITLE" --body-file "$RUNNER_TEMP/body.md" ||
            gh pr edit "$BRANCH" --body-file "$RUNNER_TEMP/body.md"
"""
"""Opens a pull request with what a step has changed, or renews the one that is open."""


def site_workflow(branch: str, version: str) -> str:
    """The workflow that builds and publishes the site whenever a branch changes."""
    return _SITE.format(
        branch=branch, version=version, checkout=CHECKOUT, python=PYTHON, restore=RESTORE,
        save=SAVE, upload=UPLOAD, deploy=DEPLOY,
    )  # fmt: skip


def translations_workflow(install: str) -> str:
    """The workflow that checks the translations of pull requests."""
    return _TRANSLATIONS.format(
        install=install, checkout=CHECKOUT, python=PYTHON, artifact=ARTIFACT
    )


def catalogs_workflow(install: str, branch: str) -> str:
    """The workflow that opens a pull request with what `glossator sync` does on a branch."""
    return _CATALOGS.format(
        install=install, branch=branch, checkout=CHECKOUT, python=PYTHON, open=_OPEN,
        once=_PULL_REQUESTS,
    )  # fmt: skip


def language_workflow(install: str) -> str:
    """The workflow with which anyone who may write to a repository starts a language."""
    return _LANGUAGE.format(
        install=install, checkout=CHECKOUT, python=PYTHON, open=_OPEN, once=_PULL_REQUESTS
    )
