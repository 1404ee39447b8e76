"""Where the files of a project are on the web."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from glossator.project.settings import Repository

GITHUB = Repository(
    edit="https://github.com/a/b/edit/main/{path}#L{line}",
    new="https://github.com/a/b/new/main?filename={path}",
    begin="&value={text}",
)


def test_a_catalog_is_opened_at_its_line() -> None:
    link = GITHUB.catalog_link("translations/é.zh.json", 7, ["<p>One</p>\n"])
    assert link == "https://github.com/a/b/edit/main/translations/%C3%A9.zh.json#L7"


def test_a_new_catalog_begins_with_its_entries() -> None:
    link = GITHUB.catalog_link("translations/x.zh.json", 0, ["Title", '<p class="a">&amp;</p>\n'])
    told = parse_qs(urlsplit(link).query)
    assert told["filename"] == ["translations/x.zh.json"]
    assert told["value"] == [
        '{\n  "Title":\n  "",\n\n  "<p class=\\"a\\">&amp;</p>\\n":\n  ""\n}\n'
    ]


def test_an_address_is_not_longer_than_a_host_reads() -> None:
    keys = [f"<p>{number} {'word ' * 40}</p>\n" for number in range(1000)]
    link = GITHUB.catalog_link("x.zh.json", 0, keys)
    assert 3_000 < len(link) < 4_100
    assert parse_qs(urlsplit(link).query)["value"][0].endswith('":\n  ""\n}\n')
    long = GITHUB.catalog_link("x.zh.json", 0, ["x" * 5000])
    assert long == "https://github.com/a/b/new/main?filename=x.zh.json"


def test_a_host_that_begins_no_files() -> None:
    plain = Repository(new="https://example.org/{path}")
    assert plain.catalog_link("x.zh.json", 0, ["Title"]) == "https://example.org/x.zh.json"
    assert Repository().catalog_link("x.zh.json", 3) == ""
