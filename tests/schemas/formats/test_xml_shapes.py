"""A plan of a shape answers what the walk answers, for whatever message."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from schemas.formats import xml_shapes
from schemas.formats.limits import Limits
from schemas.formats.unreadable import UnreadableError
from schemas.formats.xml_parts import parse, parts
from schemas.formats.xml_shapes import quick_parts
from tests.builders import pacs008
from tests.iso_builders import every_iso

if TYPE_CHECKING:
    from schemas.formats.xml_parts import Parts

LIMITS = Limits()
NAMES = st.sampled_from(["Nm", "Id", "{urn:x}Id", "Othr"])
TEXTS = st.sampled_from([None, "", " ", "\n", "A", "B & C", "<", "x" * 40])


def elements(inner: st.SearchStrategy[etree._Element]) -> st.SearchStrategy[etree._Element]:
    attributes = st.dictionaries(st.sampled_from(["Ccy", "{urn:x}A"]), st.sampled_from(["EUR", ""]), max_size=2)
    return st.builds(built, NAMES, TEXTS, TEXTS, attributes, st.lists(inner, max_size=4))


def built(
    name: str, text: str | None, tail: str | None, attributes: dict[str, str], inner: list[etree._Element]
) -> etree._Element:
    made = etree.Element(name, attributes)
    made.text, made.tail = text, tail
    made.extend(inner)
    return made


LEAVES = st.builds(lambda name, text: built(name, text, None, {}, []), NAMES, TEXTS)
TREES = st.recursive(LEAVES, elements, max_leaves=12)


def answer(element: etree._Element, path: str, limits: Limits, *, quick: bool) -> Parts | str:
    try:
        return (quick_parts if quick else parts)(element, path, limits)
    except UnreadableError as error:
        return str(error)


def same_twice(element: etree._Element, limits: Limits = LIMITS) -> None:
    """The first time walks and may make a plan, the second follows it, and so does the third from another place."""
    for path in ("/Document", "/Document", "/Document[2]"):
        assert answer(element, path, limits, quick=True) == answer(element, path, limits, quick=False)


@settings(max_examples=400, deadline=None)
@given(TREES, st.integers(0, 40))
def test_any_tree_comes_apart_the_same_way(tree: etree._Element, longest: int) -> None:
    same_twice(tree)
    same_twice(tree, Limits(max_text=longest, max_depth=4, max_values=6))


@pytest.mark.parametrize("name", every_iso())
def test_every_element_of_a_real_message_comes_apart_the_same_way(name: str) -> None:
    for element in parse(every_iso()[name]).iter():
        same_twice(element)


def test_every_sample_comes_apart_the_same_way() -> None:
    files = sorted((Path(__file__).parents[3] / "deploy" / "samples" / "payments" / "pacs008").iterdir())
    trees = []
    for file in files:
        with suppress(UnreadableError):  # some are broken on purpose
            trees.append(parse(file.read_bytes()))
    assert len(trees) > len(files) // 2
    for tree in trees:
        for element in tree.iter("{*}AppHdr", "{*}GrpHdr", "{*}CdtTrfTxInf"):
            same_twice(element)


def test_an_ordinary_message_is_walked_once() -> None:
    def transaction(name: str) -> etree._Element:
        (found,) = parse(pacs008(payer_name=name)).iter("{*}CdtTrfTxInf")
        return found

    xml_shapes._PLANS.clear()
    quick_parts(transaction("ANNA"), "/x", LIMITS)
    assert len(xml_shapes._PLANS) == 1
    assert quick_parts(transaction("BERT"), "/x", LIMITS)["Dbtr"][0].leaves[0] == ("Nm", "/x/Dbtr/Nm", "BERT")
    assert len(xml_shapes._PLANS) == 1


def test_plans_never_fill_the_memory() -> None:
    xml_shapes._PLANS.clear()
    for number in range(xml_shapes._MOST_PLANS + 10):
        quick_parts(built("x", None, None, {}, [built(f"n{number}", "t", None, {}, [])]), "/x", LIMITS)
    assert len(xml_shapes._PLANS) == xml_shapes._MOST_PLANS
    xml_shapes._PLANS.clear()
    long_name = "n" * (xml_shapes.LONGEST + 1)
    quick_parts(built("x", None, None, {}, [built(long_name, "t", None, {}, [])]), "/x", LIMITS)
    many = [built("n", "t", None, {}, []) for _ in range(xml_shapes._LARGEST)]
    quick_parts(built("x", None, None, {}, many), "/x", LIMITS)
    assert xml_shapes._PLANS == {}


def test_an_attribute_of_xml_schema_is_no_leaf() -> None:
    nil = {"{http://www.w3.org/2001/XMLSchema-instance}nil": "true"}
    same_twice(built("x", None, None, {}, [built("n", None, None, nil, [])]))


def test_a_first_message_with_a_text_astray_makes_no_plan() -> None:
    """The walk's leaves would be counted off by one, and values that happen to be equal would hide it."""
    xml_shapes._PLANS.clear()
    astray = built("a", None, None, {}, [built("b", "EUR", None, {"Ccy": "EUR"}, [built("c", "EUR", None, {}, [])])])
    same_twice(astray)
    assert xml_shapes._PLANS == {}
    same_twice(built("a", None, None, {}, [built("b", None, None, {"Ccy": "EUR"}, [built("c", "ANNA", None, {}, [])])]))
