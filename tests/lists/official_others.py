"""Small list files in the layouts of the US screening list, of OpenSanctions and of a bank's own, names invented."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CSL = b"""_id,source,entity_number,type,programs,name,title,addresses,start_date,call_sign,vessel_flag,remarks,\
alt_names,\
citizenships,dates_of_birth,nationalities,places_of_birth,ids
"_id","source","entity_number","type","programs","name","title","addresses","start_date","call_sign","vessel_flag",\
"remarks","alt_names","citizenships","dates_of_birth","nationalities","places_of_birth","ids"
"102","Specially Designated Nationals (SDN) - Treasury Department","102","Individual","SDGT; NOR","OKTABRSKI, Dmitri",\
"General","1 Quay, Vallin, NO; 2 Quay, Vallin, NO","","","","","OKTABRSKY, Dima; HERON","IR","1954-10-07; circa 1955",\
"RU","Vallin, Norland","Passport, A0198761, IR; C.U.R.P., AIMM67125HCHRRG06, MX, 1968; Gender, Male; Website, x.example"
"102","Palestinian Legislative Council List (PLC) - Treasury Department","102","Individual","NOR",\
"Dmitri OKTABRSKI","",\
"","2003-07-08","","","Seen.","","","","","",""
"103","Specially Designated Nationals (SDN) - Treasury Department","103","Vessel","NPWMD","BLUE HERON","","","",\
"P3QG3",\
"Cyprus","","","","","","","Vessel Registration Identification, IMO 7406784; Nationality of Registration, Norland"
"75ebe5e25e3c","Entity List (EL) - Bureau of Industry and Security","","","","Vellamo Lines, Inc.","","","","",\
"","","",\
"","","","",""
"""


def _line(entity: Mapping[str, object]) -> str:
    return json.dumps(entity, ensure_ascii=False)


def _entity(key: str, schema: str, properties: dict[str, object], *, target: bool | None = True) -> dict[str, object]:
    entity: dict[str, object] = {"id": key, "caption": "Mirza Oktabri", "schema": schema, "properties": properties}
    return {**entity, "datasets": ["nor_list"], "last_seen": "2026-05-01T05:41:01"} | (
        {} if target is None else {"target": target}
    )


PERSON = _entity(
    "NK-1",
    "Person",
    {
        "name": ["Oktabri Mirza", "Mirza Oktabri"],
        "alias": ["Мирза Октабри"],
        "weakAlias": ["Heron"],
        "previousName": ["Mirza Vell"],
        "birthDate": ["1976-10", "Unknown"],
        "birthPlace": ["Vallin"],
        "nationality": ["ru"],
        "country": ["ir"],
        "address": ["1 Quay"],
        "addressEntity": ["addr-1", "addr-gone"],
        "passportNumber": ["D0009925"],
        "email": ["m@example.com"],
        "createdAt": ["2022-06-03"],
        "programId": ["NOR-1"],
        "position": ["General"],
        "numberOfChildren": 7,
    },
)
COMPANY = _entity("NK-2", "Company", {"registrationNumber": ["808000714"], "addressEntity": "addr-2"})
FTM_ENTITIES = [
    PERSON,
    COMPANY,
    _entity("NK-3", "Vessel", {"name": ["BLUE HERON"], "imoNumber": ["7406784"], "flag": ["cy"]}, target=None),
    _entity("NK-4", "Person", {"name": ["A relative"]}, target=False),
    _entity("addr-1", "Address", {"full": ["2 Quay, Vallin"]}, target=False),
    _entity("addr-2", "Address", {"street": ["3 Quay"], "city": ["Vallin"]}, target=False),
    _entity(
        "sanc-1",
        "Sanction",
        {"entity": ["NK-1"], "program": ["Norland"], "provisions": ["Asset freeze"], "listingDate": ["2020-01-02"]},
        target=False,
    ),
    _entity("doc-1", "Passport", {"holder": ["NK-1"], "number": ["P77"], "country": ["ir"]}, target=None),
    _entity("doc-2", "Identification", {"holder": ["NK-1"], "number": ["T-1"], "type": ["tazkira"]}, target=False),
    _entity("wallet-1", "CryptoWallet", {"holder": ["NK-2"], "publicKey": ["0xabc"]}, target=False),
]
FTM = "\n".join(map(_line, FTM_ENTITIES)).encode() + b"\n\n"

DELTA = (
    "\n".join(
        _line(change)
        for change in (
            {"op": "ADD", "entity": _entity("NK-9", "Organization", {"name": ["Vell Fund"]})},
            {"op": "MOD", "entity": {**COMPANY, "caption": "Vellamo Lines", "properties": {"name": ["Vellamo Lines"]}}},
            {"op": "DEL", "entity": {"id": "NK-3"}},
        )
    )
).encode()

NESTED = _line(
    _entity(
        "NK-1",
        "Person",
        {
            "name": ["Mirza Oktabri"],
            "addressEntity": [_entity("addr-1", "Address", {"full": ["2 Quay, Vallin"]}, target=False)],
            "sanctions": [
                _entity("sanc-1", "Sanction", {"entity": ["NK-1"], "program": ["Norland"]}, target=False),
            ],
            "passports": [_entity("doc-1", "Passport", {"passportNumber": ["P77"]}, target=False)],
        },
    )
).encode()

# QQQ stands for three quotation marks.
SIMPLE = """"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","phones",\
"emails","program_ids","dataset","first_seen","last_seen","last_change"
"NK-1","Person","Mirza Oktabri","Мирза Октабри;The Heron","1976-10-20;about 1977","ru;ir",\
QQQ1 Quay","7744001497;IMO7406784;253400WSS48YWMBUA688;m@example.com",QQQReason; with a semicolonQQQ,"",\
"x@example.com","NOR-1","Norland list","2025-10-06T14:15:21","2026-05-01T05:41:01","2026-02-05T14:54:48"
"NK-2","Airplane","EP-VLL","","","","","","","","","","Norland list","2025-10-06T14:15:21",\
"2026-05-01T05:41:01",""
""".replace("QQQ", '"' * 3).encode()

OWN_COLUMNS = (
    "reference,kind,name,aliases,weak_names,former_names,birth_dates,birth_places,countries,addresses,numbers,\
listed_on,remarks,purpose,owner,reason,expires,action"
)
OWN_CSV = f"""{OWN_COLUMNS}
F-1,person,Mirza Oktabri|Oktabri Mirza,Mirsa Oktabri,Heron,Mirza Vell,1976-10-20|circa 1977|1978-01,Vallin,\
Norland|Iran,\
1 Quay|2 Quay,passport:A1234567:no|wallet:bc1:qxy,2026-01-02,Seen; twice,fraud,fraud desk,"case 17/2026, invoices",\
2027-05-01,suspend
F-2,organisation,Vellamo Lines,,,,,,,,,,,embargo,compliance,internal decision 4,2026-12-31,review
""".encode()

OWN_TOML = b"""
[list]
id = "OWN_FRAUDS" # in decisions and policy
published = 2026-05-01
purpose = "fraud"
owner = "fraud desk"
action = "suspend"
expires = 2027-05-01

[[entry]]
reference = "F-1"
kind = "person"
name = ["Mirza Oktabri", "Oktabri Mirza"]
aliases = ["Mirsa Oktabri"]
weak_names = ["Heron"]
former_names = ["Mirza Vell"]
birth_dates = [1976-10-20, "circa 1977", "1978-01"]
birth_places = ["Vallin"]
countries = ["Norland", "Iran"]
addresses = ["1 Quay", "2 Quay"]
numbers = ["passport:A1234567:no", "wallet:bc1:qxy"]
listed_on = 2026-01-02
remarks = "Seen; twice"
reason = "case 17/2026,\\n invoices"

[[entry]]
reference = "F-2"
kind = "organisation"
name = "Vellamo Lines"
purpose = "embargo"
owner = "compliance"
reason = "internal decision 4"
expires = 2026-12-31
action = "review"
"""
