"""Tests of partners, their kinds, and names that may mean the same firm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from peerreview.domain.group.partner import (
    Partner,
    PartnerKind,
    is_same_name,
    is_similar_name,
    name_core,
)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Acme Inc.", "ACME, Inc"),
        ("The Acme Company", "acme"),
        ("Müller GmbH", "Muller"),
        ("Data-Works LLC", "data works"),
        ("Co", "CO."),
        ("!!!", "!!!"),
    ],
)
def test_different_spellings_of_a_firm_are_the_same_name(name: str, other: str) -> None:
    assert is_same_name(name, other) and is_same_name(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [("Acme North", "Acme South"), ("Beta", "Acme"), ("!!!", "???"), ("Co", "Inc")],
)
def test_names_of_different_firms_are_not_the_same(name: str, other: str) -> None:
    assert not is_same_name(name, other)


@pytest.mark.parametrize(
    ("name", "other"),
    [("Northwind Data", "Northwnd Data"), ("Data Works", "Dataworks"), ("Acme IT", "Acme IT Ltd")],
)
def test_nearly_equal_names_are_similar(name: str, other: str) -> None:
    assert is_similar_name(name, other)


def test_different_names_are_not_similar() -> None:
    assert not is_similar_name("Northwind Data", "Harbor Cabling")
    assert not is_similar_name("Acme North", "Acme South")
    assert not is_similar_name("+++", "***")


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_similarity_is_symmetric(name: str, other: str) -> None:
    assert is_similar_name(name, other) == is_similar_name(other, name)
    assert is_similar_name(name, name) and is_same_name(name, name)


@given(st.text(min_size=1, max_size=20))
def test_every_name_has_a_core(name: str) -> None:
    assert name_core(name) or not name.strip()


def test_legal_forms_inside_words_are_kept() -> None:
    assert name_core("Incline Coworking") == "incline coworking"


@pytest.mark.parametrize("kind", list(PartnerKind))
def test_a_kind_is_found_by_its_name_in_any_case(kind: PartnerKind) -> None:
    assert PartnerKind.parse(f" {kind.value.upper()} ") is kind


def test_a_kind_is_found_by_its_beginning() -> None:
    assert PartnerKind.parse("sub") is PartnerKind.SUBCONTRACTOR
    assert PartnerKind.parse("v") is PartnerKind.VENDOR
    assert PartnerKind.parse("") is None
    assert PartnerKind.parse("boss") is None


def test_vendors_and_distributors_are_asked_the_vendor_questions() -> None:
    asked = {kind: kind.criteria_set_id for kind in PartnerKind}
    assert {kind for kind, name in asked.items() if name == "vendor"} == {
        PartnerKind.VENDOR,
        PartnerKind.DISTRIBUTOR,
    }
    assert asked[PartnerKind.PEER] == "peer"


def test_partners_sort_by_name_and_then_by_id() -> None:
    names = [("3", "émile"), ("2", "Zeta"), ("1", "Emile"), ("4", "acme")]
    partners = [Partner(id=id_, name=name) for id_, name in names]
    assert [partner.id for partner in sorted(partners, key=lambda p: p.sort_key)] == [
        "4",
        "1",
        "3",
        "2",
    ]


def test_a_partner_is_a_checked_and_frozen_value() -> None:
    partner = Partner(id="1", name=" Acme  Inc ", aliases=("AI ",))
    assert partner.names == ("Acme Inc", "AI")
    with pytest.raises(ValidationError, match="frozen"):
        partner.name = "Beta"  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(ValidationError, match="invisible"):
        Partner(id="1", name="Ac\u200bme")
    with pytest.raises(ValidationError, match="Extra inputs"):
        Partner.model_validate({"id": "1", "name": "Acme", "phone": "1"})
