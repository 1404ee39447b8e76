from __future__ import annotations

import pytest

from glossator.locales import Locale, babel_locale, parse_locale


@pytest.mark.parametrize(
    ("code", "tag", "name", "direction"),
    [
        ("en", "en", "English", "ltr"),
        ("zh", "zh-Hans", "中文", "ltr"),
        ("zh_TW", "zh-Hant-TW", "中文 (繁體, 台灣)", "ltr"),
        ("zh-Hant", "zh-Hant", "中文 (繁體)", "ltr"),
        ("zh-SG", "zh-Hans-SG", "中文 (简体, 新加坡)", "ltr"),
        ("pt_BR", "pt-BR", "português (Brasil)", "ltr"),
        ("pt-BR", "pt-BR", "português (Brasil)", "ltr"),
        ("si", "si", "සිංහල", "ltr"),
        ("ja", "ja", "日本語", "ltr"),
        ("ar", "ar", "العربية", "rtl"),
        ("he", "he", "עברית", "rtl"),
        ("sr", "sr-Cyrl", "српски", "ltr"),
        ("sr-Latn", "sr-Latn", "srpski (latinica)", "ltr"),
        ("no", "no", "norsk", "ltr"),
        ("ZH", "zh-Hans", "中文", "ltr"),
    ],
)
def test_a_locale_is_known_by_its_tag(code: str, tag: str, name: str, direction: str) -> None:
    assert parse_locale(code) == Locale(code, tag, name, direction)
    assert babel_locale(tag).text_direction == direction


def test_the_spelling_of_the_configuration_is_kept() -> None:
    assert parse_locale("zh_TW").code == "zh_TW"


def test_a_locale_may_have_another_name_and_fallbacks() -> None:
    locale = parse_locale("zh_TW", name="臺灣", fallbacks=["zh-Hant", "zh"])
    assert locale.name == "臺灣"
    assert locale.chain == ("zh_TW", "zh-Hant", "zh")


def test_nothing_falls_back_unless_told_so() -> None:
    # Babel's negotiation would answer simplified Chinese here.
    assert parse_locale("zh_TW").chain == ("zh_TW",)


@pytest.mark.parametrize("code", ["xx", "klingon", "", "zh-XX-foo", "e", "../..", "en/us", "日本"])
def test_an_unknown_locale_is_said_to_be_unknown(code: str) -> None:
    with pytest.raises(ValueError) as error:
        parse_locale(code)
    assert str(error.value) == (
        f"unknown locale {code!r}: write a BCP 47 tag such as `zh`, `zh-Hant` or `pt-BR`"
    )
