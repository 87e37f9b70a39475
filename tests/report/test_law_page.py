"""A page's statutes and exceptions are read from the law's own words."""

from mikrosim.report.law_page import split_docstring, statutes


def test_statutes_are_named_once_in_the_order_of_law_and_paragraph():
    texts = [
        "lov A § 10 tredje ledd; lov B § 2.",
        "lov A §§ 9 og 10",
        "lov A § 10.",
        "lov A § 6-30 as it read until 2022",
    ]
    assert statutes(texts) == ["lov A § 6-30", "lov A §§ 9 and 10", "lov A § 10", "lov B § 2"]


def test_no_statute_is_no_statute():
    texts = ["none; a definition.", "ingen; en definisjon", "none yet; lov A § 5-43 exempts it.", "lov A kapittel 12"]
    assert statutes(texts) == ["lov A § 5-43", "lov A kapittel 12"]


def test_what_is_not_modelled_is_told_apart():
    text = "Tax on all.\n\nNot modelled: gifts (§ 1-2),\nsaving. Losses are not modelled. Rounded (§ 3, no. 1 and 2)."
    assert split_docstring(text) == (
        ["Tax on all.", "Rounded (§ 3, no. 1 and 2)."],
        ["Gifts (§ 1-2), saving.", "Losses are not modelled."],
    )
