"""The graph finds what rules need, and tells all that does not fit at once."""

from __future__ import annotations

import sys
import types

import pytest
import shire
from country.gift import gift

from mikrosim.engine.fields import fields_read
from mikrosim.engine.graph import build_graph, collect
from mikrosim.engine.nodes import Column
from mikrosim.errors import LawError
from mikrosim.law.rule import parents_total, rule, sum_of, total

COLUMNS = {"wage": Column("person", "float64"), "rent": Column("household", "float64")}


def module(**members: object) -> types.ModuleType:
    """Return a module whose rules and group values are the members."""
    made = types.ModuleType("country.made")
    for name, member in members.items():
        if isinstance(member, types.FunctionType):
            member.__module__ = made.__name__
        setattr(made, name, member)
    sys.modules[made.__name__] = made
    return made


def graph_of(*outputs: str, **members: object) -> object:
    return build_graph(collect([module(**members)]), COLUMNS, outputs)


def test_inputs_come_before_the_rules_that_read_them() -> None:
    order = list(shire.GRAPH.nodes)
    for node in shire.GRAPH.nodes.values():
        assert all(order.index(name) < order.index(node.name) for name in node.inputs)


def test_only_what_the_outputs_need_is_kept() -> None:
    names = set(build_graph(shire.BOOK, shire.COLUMNS, ["months_old"]).nodes)
    assert names == {
        "birth_year", "birth_year@child", "birth_month", "birth_month@child", "months_old_month", "months_old",
    }  # fmt: skip


def test_an_unknown_input_names_the_rule_and_the_nearest_name() -> None:
    @rule
    def tax(wagee: float) -> float:
        return wagee

    with pytest.raises(LawError, match=r"(?s)tax .*needs wagee, which no rule or column gives; did you mean wage\?"):
        graph_of("tax", tax=tax)


def test_a_ring_of_rules_is_shown_whole() -> None:
    @rule
    def one(two: float) -> float:
        return two

    @rule
    def two(three: float) -> float:
        return three

    @rule
    def three(one: float) -> float:
        return one

    with pytest.raises(LawError, match="in a ring: one -> two -> three -> one"):
        graph_of("one", one=one, two=two, three=three)


def test_a_yearly_rule_may_not_read_a_month() -> None:
    @rule
    def pay_month(wage: float, month: int) -> float:
        return wage / 12 * month

    @rule
    def tax(pay_month: float) -> float:
        return pay_month

    @rule
    def odd(month: int) -> float:
        return month

    with pytest.raises(LawError) as error:
        graph_of("tax", "odd", pay_month=pay_month, tax=tax, odd=odd)
    assert "tax" in str(error.value)
    assert "read pay, the year's sum" in str(error.value)
    assert "reads month; only a rule whose name ends in _month has one" in str(error.value)


def test_a_members_value_needs_a_group_value() -> None:
    @rule(of="household")
    def need(wage: float, rent: float) -> float:
        return rent - wage

    with pytest.raises(LawError, match="is a household's rule and reads wage, a person's value; use a group value"):
        graph_of("need", need=need)


def test_a_total_of_persons_over_a_family_is_the_parents() -> None:
    with pytest.raises(LawError, match="use parents_total for wage"):
        graph_of("wages", wages=total("wage", over="family"))
    assert graph_of("wages", wages=parents_total("wage"))


def test_all_that_is_wrong_is_told_at_once() -> None:
    @rule
    def first(nobody: float) -> float:
        return nobody

    @rule
    def second(nothing: float) -> float:
        return nothing

    with pytest.raises(LawError, match="2 problems"):
        graph_of("first", "second", first=first, second=second)


def test_two_rules_of_one_name_are_refused() -> None:
    @rule
    def tax(wage: float) -> float:
        return wage

    with pytest.raises(LawError, match="this name is taken"):
        collect([module(tax=tax), module(tax=sum_of("wage"))])


def test_a_yearly_name_beside_its_monthly_one_is_refused() -> None:
    with pytest.raises(LawError, match="the yearly name is the months' sum"):
        collect([module(pay=sum_of("wage"), pay_month=sum_of("wage"))])


def test_the_year_of_a_monthly_group_value_is_made_from_years() -> None:
    node = shire.GRAPH.nodes["gift_for_children"]
    assert node.inputs == ("as_mother", "as_father")


def test_the_fields_a_rule_reads_are_known() -> None:
    assert fields_read(gift.gift_child_month, "law", gift.GiftLaw) == ("amount", "by_rank", "limit")
    assert fields_read(gift.alone_family_month, "law", gift.AloneLaw) == ("alone",)

    def passes_on(law: gift.GiftLaw) -> float:
        return max(law)

    assert fields_read(passes_on, "law", gift.GiftLaw) == ("amount", "by_rank", "limit")
