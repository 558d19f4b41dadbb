from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lists.entry import Entry, EntryKind, ListedName, ListedNumber, Strength
from lists.index import Index
from lists.policy import ListRule, ScreeningPolicy
from lists.screen import screen, screen_bytes
from schemas.decision import EditionUsed
from schemas.finding import Finding, Reason, precedence
from schemas.payment import (
    Account,
    Address,
    Identification,
    Institution,
    Party,
    Payment,
    PaymentIds,
    Text,
    TextKind,
    Value,
)

PERSON = Entry(
    "UN",
    "NLi.001",
    EntryKind.PERSON,
    (
        ListedName("Dariusz Oktabrski Vellamonov"),
        ListedName("Dariusch Oktabrsky", Strength.STRONG),
        ListedName("Дариуш Октябрьский", Strength.STRONG, "cyrl"),
    ),
    birth_dates=("1961-05-03", "1962~"),
    countries=("IR", "RU"),
    numbers=(ListedNumber("Passport", "A0198761"), ListedNumber("National ID No.", "486298")),
    programmes=("Norland",),
)
BANK = Entry(
    "OFAC_SDN",
    "101",
    EntryKind.ORGANISATION,
    (ListedName("VELLAMO KREDITBANK QUORZ"),),
    numbers=(ListedNumber("SWIFT/BIC", "VELLGB2L"), ListedNumber("BIK (RU)", "044525225")),
)
SHIP = Entry(
    "OFAC_SDN",
    "103",
    EntryKind.VESSEL,
    (ListedName("BLUE ZORNIMAR HERON"),),
    numbers=(ListedNumber("Vessel Registration Identification", "IMO 7406784"),),
)
TWINS = tuple(
    Entry("EU", f"EU.{number}", EntryKind.ORGANISATION, (ListedName("Gorvandel Trustworx Ypsilon"),))
    for number in range(7)
)
POLICY = ScreeningPolicy(sanctioned_places=("IR", "CU", "UA"))


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build([PERSON, BANK, SHIP, *TWINS], EditionUsed("test"))


def value(text: str, path: str = "/x") -> Value:
    return Value(text, path)


def pay(**fields: object) -> Payment:
    return replace(Payment("pacs.008", 1, "/", PaymentIds()), **fields)  # type: ignore[arg-type]  # any fields of a payment


def text(words: str) -> Payment:
    return pay(texts=(Text(TextKind.REMITTANCE, words, "/rmt"),))


def party(name: str, **fields: object) -> Party:
    return replace(Party("/Dbtr", name=value(name, "/Dbtr/Nm")), **fields)  # type: ignore[arg-type]  # any fields of a party


def town(name: str, country: str = "") -> Payment:
    address = Address("/adr", town=value(name, "/town"), country=value(country, "/ctry") if country else None)
    return pay(payer=Party("/Dbtr", address=address))


def found(payment: Payment, index: Index, policy: ScreeningPolicy = POLICY) -> list[tuple[str, str, str]]:
    """Reason, path and entry of each finding."""
    [findings] = screen([payment], index, policy)
    return [
        (finding.reason.value, finding.path, finding.match.reference if finding.match else "") for finding in findings
    ]


@pytest.mark.parametrize(
    ("payment", "expected"),
    [
        (pay(payer=party("DARIUSZ OKTABRSKI VELLAMONOV")), [("listed-name", "/Dbtr/Nm", "NLi.001")]),
        (pay(payer=party("Vellamonov, Dariusz Oktabrski")), [("listed-name", "/Dbtr/Nm", "NLi.001")]),
        (pay(payer=party("Дариуш Октябрьский")), [("listed-name", "/Dbtr/Nm", "NLi.001")]),
        (pay(payer=party("CLAIRE WEBER")), []),
        (
            pay(payee_institution=Institution("/i", name=value("Vellamo Kreditbank Quorz", "/i/nm"))),
            [("listed-name", "/i/nm", "101")],
        ),
        (
            pay(payee_account=Account("/a", name=value("Vellamo Kreditbank Quorz", "/a/nm"))),
            [("listed-name", "/a/nm", "101")],
        ),
        (
            text("INVOICE 12 FOR VELLAMO KREDITBANK QUORZ GOODS"),
            [("listed-name-in-text", "/rmt", "101")],
        ),
        (
            pay(payer=party("DARIUSZ OKTABRSKI", address=Address("/a", lines=(value("VELLAMONOV"), value("VALLIN"))))),
            [("listed-name", "/Dbtr/Nm", "NLi.001")],
        ),
        (
            pay(payer=party("GORAN", address=Address("/a", lines=(value("C/O VELLAMO KREDITBANK"), value("QUORZ"))))),
            [("listed-name-in-text", "/Dbtr", "101")],
        ),
        (
            pay(payee_institution=Institution("/i", bic=value("VELLGB2LXXX", "/bic"))),
            [("listed-institution", "/bic", "101")],
        ),
        (pay(payer=Party("/p", bic=value("VELLGB2L", "/anybic"))), [("listed-institution", "/anybic", "101")]),
        (
            pay(sender=Institution("/i", clearing_id=value("044525225", "/mmbid"))),
            [("listed-institution", "/mmbid", "101")],
        ),
        (
            pay(payer=Party("/p", identifications=(Identification(value("a 0198761", "/id"), "CCPT"),))),
            [("listed-identifier", "/id", "NLi.001")],
        ),
        (
            pay(payer=Party("/p", identifications=(Identification(value("486298", "/id"), "NIDN"),))),
            [("listed-identifier", "/id", "NLi.001")],
        ),
        (pay(payer=Party("/p", identifications=(Identification(value("486298", "/id"), "CUST"),))), []),
        (pay(payee_account=Account("/a", number=value("486298", "/acct"))), []),
        (text("PASSPORT A0198761"), [("listed-identifier", "/rmt", "NLi.001")]),
        (text("REF 486298"), []),
        (text("BUNKER FOR IMO 7406784"), [("listed-identifier", "/rmt", "103")]),
        (pay(payer=party("CLAIRE WEBER A0198761")), [("listed-identifier", "/Dbtr/Nm", "NLi.001")]),
        (
            pay(payer=Party("/p", address=Address("/a", street=value("Quai A0198761", "/strt")))),
            [("listed-identifier", "/strt", "NLi.001")],
        ),
        (text("SHIPMENT TO BANDAR ABBAS"), [("sanctioned-place", "/rmt", "IR")]),
        (text("5 RUE DE TEHERAN"), []),
        (text("HOTEL CRIMEA"), [("place-to-review", "/rmt", "UA-43")]),
        (text("GOODS TO YALTA"), [("sanctioned-place", "/rmt", "UA-43")]),
        (text("GOODS EX SYRIA"), [("place-to-review", "/rmt", "SY")]),
        (text("TICKETS MOSCOW"), []),
        (town("Teheran"), [("sanctioned-place", "/town", "IR")]),
        (town("Teheran", "IR"), [("sanctioned-place", "/ctry", "IR"), ("sanctioned-place", "/town", "IR")]),
        (town("Teheran", "FR"), [("place-to-review", "/town", "IR")]),
        (town("Lyon", "Cuba"), [("sanctioned-place", "/ctry", "CU")]),
        (town("Moscow", "RU"), []),
        (pay(payer=party("IRAN CASTILLO")), [("place-to-review", "/Dbtr/Nm", "IR")]),
        (pay(sender=Institution("/i", bic=value("ABCDIRTH", "/bic"))), [("sanctioned-place", "/bic", "IR")]),
        (pay(sender=Institution("/i", bic=value("ABC", "/bic"))), []),
        (
            pay(payer_account=Account("/a", iban=value("IR062960000000100324200001", "/iban"))),
            [("sanctioned-place", "/iban", "IR")],
        ),
        (pay(payer_account=Account("/a", iban=value("FR7630006000011234567890189", "/iban"))), []),
        (pay(payer=Party("/p", residence_country=value("CU", "/res"))), [("sanctioned-place", "/res", "CU")]),
    ],
)
def test_what_a_payment_gives(payment: Payment, expected: list[tuple[str, str, str]], index: Index) -> None:
    assert found(payment, index) == expected


def test_a_finding_carries_its_evidence(index: Index) -> None:
    payer = party(
        "DARIUSZ OKTABRSKI VELLAMONOV",
        birth_date=value("1975-01-01"),
        residence_country=value("FR"),
    )
    [[finding]] = screen([pay(payer=payer)], index, POLICY)
    assert finding.seen == "DARIUSZ OKTABRSKI VELLAMONOV"
    assert finding.detail == (
        "exactly 'Dariusz Oktabrski Vellamonov', primary name of person 'Dariusz Oktabrski Vellamonov' (UN NLi.001);"
        " born 1975 here, 1961 or 1962 on the list; FR here, IR or RU on the list"
    )
    match = finding.match
    assert match is not None
    assert (match.list, match.reference, match.entry_kind, match.method) == ("UN", "NLi.001", "person", "exact")
    assert (match.matched_name, match.strength) == ("Dariusz Oktabrski Vellamonov", "primary")
    assert match.programmes == ("Norland",)
    assert match.score > 0.95
    assert [piece.query for piece in match.pieces if piece.query]


def test_a_near_name_says_how_near(index: Index) -> None:
    [[finding]] = screen([pay(payer=party("DARIUSZ OKTABRSKY VELAMONOV"))], index, POLICY)
    assert "% like 'Dariusz Oktabrski Vellamonov'" in finding.detail
    address = Address("/a", country=value("LU"))
    [[of_bank]] = screen([pay(payer=party("Vellamo Kreditbank Quorz", address=address))], index, POLICY)
    assert "here" not in of_bank.detail


def test_a_number_and_a_place_carry_their_evidence(index: Index) -> None:
    [findings] = screen([text("PASSPORT A0198761 TO TEHRAN")], index, POLICY)
    number, place = (finding.match for finding in findings)
    assert number is not None
    assert place is not None
    assert (number.method, number.matched_name, number.span) == ("identifier", "Passport A0198761", "A0198761")
    assert (place.method, place.list, place.span) == ("place", "PLACES", "TEHRAN")


@pytest.mark.parametrize("beside", ["plain", "Grüße", "Привет", "\u00a0"])
def test_letters_of_other_alphabets_hide_no_number_and_no_place(index: Index, beside: str) -> None:
    words = ("PASSPORT A0198761", "goods for Tehran", f"PASSPORT A0198761 {beside}", f"Tehran {beside}", beside)
    payment = pay(texts=tuple(Text(TextKind.REMITTANCE, one, f"/t[{place}]") for place, one in enumerate(words)))
    [findings] = screen([payment], index, POLICY)
    assert [(finding.reason, finding.path) for finding in findings] == [
        (Reason.LISTED_IDENTIFIER, "/t[0]"),
        (Reason.LISTED_IDENTIFIER, "/t[2]"),
        (Reason.SANCTIONED_PLACE, "/t[1]"),
        (Reason.SANCTIONED_PLACE, "/t[3]"),
    ]


@pytest.mark.parametrize("country", ["UA", "UA\u00a0", "ua"])
def test_a_postcode_is_placed_by_the_country_of_its_address(index: Index, country: str) -> None:
    address = Address("/a", postcode=value("95000", "/p"), country=value(country, "/c"))
    [findings] = screen([pay(payer=Party("/x", address=address))], index, POLICY)
    assert "/p" in {finding.path for finding in findings if finding.reason is Reason.SANCTIONED_PLACE}


def test_the_best_so_many_are_told_for_each_reason(index: Index) -> None:
    name = pay(payer=party("Gorvandel Trustworx Ypsilon"))
    assert [reference for _, _, reference in found(name, index)] == [f"EU.{number}" for number in range(5)]
    assert len(found(name, index, replace(POLICY, max_findings_per_field=2))) == 2
    both = text("Gorvandel Trustworx Ypsilon, Cuba")
    reasons = [reason for reason, _, _ in found(both, index, replace(POLICY, max_findings_per_field=1))]
    assert reasons == ["listed-name-in-text", "sanctioned-place"]


def test_a_list_may_have_its_own_threshold(index: Index) -> None:
    near = pay(payer=party("DARIUSZ OKTABRSKY VELAMONOV"))
    strict = replace(POLICY, lists={"UN": ListRule(threshold=0.99)})
    assert found(near, index) != []
    assert found(near, index, strict) == []
    lenient = replace(POLICY, name_threshold=0.99, lists={"UN": ListRule(threshold=0.5), "EU": ListRule()})
    assert found(near, index, lenient) == found(near, index)


def batch() -> list[Payment]:
    return [
        pay(payer=party("DARIUSZ OKTABRSKI VELLAMONOV"), payee=party("CLAIRE WEBER")),
        text("INVOICE 12 FOR VELLAMO KREDITBANK QUORZ VIA BANDAR ABBAS IMO 7406784"),
        pay(payer=party("Gorvandel Trustworx Ypsilon")),
        pay(),
        pay(payer=party("DARIUSZ OKTABRSKI VELLAMONOV"), payee=party("Gorvandel Trustworks")),
    ]


@pytest.mark.requirement("SCR-03")
def test_a_payment_gives_the_same_in_any_batch(index: Index) -> None:
    together = screen(batch(), index, POLICY)
    assert len(together) == len(batch())
    assert together == [screen([payment], index, POLICY)[0] for payment in batch()]
    assert together == screen(batch()[::-1], index, POLICY)[::-1]
    assert screen([], index, POLICY) == []
    for findings in together:
        assert list(findings) == sorted(findings, key=precedence)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
def test_any_words_give_findings_in_order(index: Index, words: str, name: str) -> None:
    [findings] = screen([pay(payer=party(name), texts=(Text(TextKind.OTHER, words, "/t"),))], index, POLICY)
    assert list(findings) == sorted(findings, key=precedence)
    assert all(finding.seen in {words, name} for finding in findings)


def reasons(findings: tuple[Finding, ...]) -> list[Reason]:
    return [finding.reason for finding in findings]


def test_bytes_nobody_could_decode_are_screened_as_text(index: Index) -> None:
    raw = b"<broken><Nm>Vellamo Kreditbank Quorz</Nm> \xff to TEHRAN"
    assert reasons(screen_bytes(raw, index, POLICY)) == [Reason.LISTED_NAME_IN_TEXT, Reason.SANCTIONED_PLACE]
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        encoded = "Vellamo Kreditbank Quorz".encode(encoding)
        assert reasons(screen_bytes(encoded, index, POLICY)) == [Reason.LISTED_NAME_IN_TEXT]
    assert screen_bytes(b"", index, POLICY) == ()
    assert screen_bytes(b"\x00" * 50, index, POLICY) == ()


def test_a_name_across_two_pieces_of_unreadable_bytes_is_found(index: Index) -> None:
    raw = b"x " * 995 + b"Vellamo Kreditbank Quorz " + b"y " * 500
    assert Reason.LISTED_NAME_IN_TEXT in reasons(screen_bytes(raw, index, POLICY))


def test_what_is_too_long_to_screen_is_said(index: Index) -> None:
    [finding] = screen_bytes(b"x" * 60_000, index, POLICY)
    assert finding.reason is Reason.FIELD_UNREADABLE
    assert finding.detail == "only the first 20,000 of 60,000 characters were screened"


@pytest.mark.requirement("SCR-09")
@pytest.mark.parametrize(
    ("listed", "written"),
    [
        ("Muammar Gaddafi", "Moammar Kadhafi"),
        ("Muammar Gaddafi", "QADHAFI, MUAMMAR"),
        ("Mohammed Vellamonov", "Muhamad Vellamonov"),
        ("Jürgen Müller-Quorz", "JUERGEN MUELLER QUORZ"),
        ("Jürgen Müller-Quorz", "Quorz Muller Jurgen"),
        ("Dariusz Oktabrski Vellamonov", "D. O. Vellamonov"),
        ("Dariusz Oktabrski Vellamonov", "Dariusz Oktabrskivellamonov"),
        ("Dariusz Oktabrski Vellamonov", "Дариуш Октябрски Велламонов"),
    ],
)
def test_other_spellings_orders_initials_and_scripts_are_found_with_alias_method_and_score(
    listed: str, written: str
) -> None:
    entry = Entry("UN", "1", EntryKind.PERSON, (ListedName("Nobody Else"), ListedName(listed, Strength.STRONG)))
    alone = Index.build([entry], EditionUsed("test"))
    [[finding]] = screen([pay(payer=party(written))], alone, POLICY)
    assert finding.match is not None
    assert finding.match.matched_name == listed
    assert finding.match.method in {"name", "exact"}
    assert POLICY.name_threshold <= finding.match.score <= 1
