"""The three invented entries of official.OFAC_XML in OFAC's newer layouts, enhanced and advanced."""

from __future__ import annotations

import zipfile
from io import BytesIO


def zipped(raw: bytes, name: str = "LIST.XML") -> bytes:
    """A zip archive with this one file, the same bytes each time."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), raw, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _name(full: str, *, kind: str = "A.K.A.", primary: bool = False, weak: bool = False, other: str = "") -> str:
    last, _comma, first = full.partition(", ")
    first_name = f"<formattedFirstName>{first}</formattedFirstName>" if first else ""
    translation = f"<translation><script>Cyrillic</script><formattedLastName>{other}</formattedLastName></translation>"
    return (
        f"<name><isPrimary>{str(primary).lower()}</isPrimary><aliasType>{kind}</aliasType>"
        f"<isLowQuality>{str(weak).lower()}</isLowQuality><translations><translation><script>Latin</script>{first_name}"
        f"<formattedLastName>{last}</formattedLastName></translation>{translation if other else ''}"
        "</translations></name>"
    )


def _feature(kind: str, value: str, date: str = "") -> str:
    return f"<feature><type>{kind}</type><value>{value}</value>{date}</feature>"


def _document(kind: str, number: str, country: str = "") -> str:
    return (
        f"<identityDocument><type>{kind}</type><documentNumber>{number}</documentNumber>"
        f"<issuingCountry>{country}</issuingCountry></identityDocument>"
    )


def _parts(*parts: tuple[str, str]) -> str:
    inner = "".join(f"<addressPart><type>{kind}</type><value>{value}</value></addressPart>" for kind, value in parts)
    return f"<translation><isPrimary>true</isPrimary><addressParts>{inner}</addressParts></translation>"


ENHANCED = f"""<?xml version="1.0" encoding="utf-8"?>
<sanctionsData xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML">
  <publicationInfo>
    <dataAsOf>2025-03-28T00:00:00</dataAsOf>
    <filters><sanctionsLists><sanctionsList>SDN List</sanctionsList></sanctionsLists></filters>
  </publicationInfo>
  <entities>
    <entity id="101">
      <generalInfo><entityType>Entity</entityType></generalInfo>
      <sanctionsLists>
        <sanctionsList datePublished="2003-07-08">SDN List</sanctionsList>
        <sanctionsList datePublished="2005-07-08">Consolidated List</sanctionsList>
      </sanctionsLists>
      <sanctionsPrograms><sanctionsProgram>CUBA</sanctionsProgram></sanctionsPrograms>
      <sanctionsTypes><sanctionsType>Block</sanctionsType></sanctionsTypes>
      <names>
        {_name("VELLAMO SHIPPING CO.| LTD.", primary=True).replace("|", ",")}
        {_name("VSC", weak=True)}{_name("VELLAMO LINES")}
      </names>
      <addresses>
        <address>
          <country>Cuba</country>
          <translations>{_parts(("CITY", "Havana"))}</translations>
        </address>
        <address>
          <country>United Kingdom</country>
          <translations>{_parts(("CITY", "London EC3N 1DY"), ("ADDRESS1", "Ibis House"))}</translations>
        </address>
      </addresses>
      <features>
        {_feature("SWIFT/BIC", "VELLGB2L")}{_feature("Nationality of Registration", "Cuba")}
        {_feature("Secondary sanctions risk:", "section 1(b)")}
      </features>
    </entity>
    <entity id="102">
      <generalInfo><entityType>Individual</entityType><remarks>Seen in Vallin.</remarks></generalInfo>
      <sanctionsPrograms>
        <sanctionsProgram>SDGT</sanctionsProgram><sanctionsProgram>IRAN-EO13902</sanctionsProgram>
      </sanctionsPrograms>
      <names>
        {_name("OKTABRSKI, Dmitri Pavlovich", primary=True, other="OTHER-SCRIPT")}{_name("OKTABRSKY, Dima")}
      </names>
      <identityDocuments>
        {_document("Passport", "A0198761", "Iran")}{_document("Passport", "OA 454044")}{_document("Passport", "")}
        {_document("Tax ID No.", "7744001497", "Russia")}
      </identityDocuments>
      <features>
        {
    _feature(
        "Birthdate",
        "07 Oct 1954",
        "<valueDate><fromDateBegin>1954-10-07</fromDateBegin><toDateEnd>1954-10-07</toDateEnd></valueDate>",
    )
}
        {
    _feature(
        "Birthdate",
        "circa 1955",
        "<valueDate><fromDateBegin>1955-01-01</fromDateBegin><toDateEnd>1955-12-31</toDateEnd>"
        "<isApproximate>true</isApproximate></valueDate>",
    )
}
        {_feature("Place of Birth", "Vallin, Norland")}{_feature("Nationality Country", "Russia")}
        {_feature("Gender", "Male")}
      </features>
    </entity>
    <entity id="103">
      <generalInfo><entityType>Vessel</entityType></generalInfo>
      <sanctionsPrograms><sanctionsProgram>NPWMD</sanctionsProgram></sanctionsPrograms>
      <names>{_name("BLUE HERON", primary=True)}{_name("GREY HERON", kind="F.K.A.", weak=True)}</names>
      <addresses><address><country/></address></addresses>
      <identityDocuments>{_document("Vessel Registration Identification", "IMO 7406784")}</identityDocuments>
      <features>{_feature("Call Sign", "P3QG3")}{_feature("Vessel Flag", "Cyprus")}{_feature("MMSI", "")}</features>
    </entity>
  </entities>
</sanctionsData>
""".replace("OTHER-SCRIPT", "Дмитрий Октябрьский").encode()

_REFERENCES = """
  <ReferenceValueSets>
    <AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1401">F.K.A.</AliasType></AliasTypeValues>
    <AreaCodeValues><AreaCode ID="11073" Description="Cuba">CU</AreaCode></AreaCodeValues>
    <CountryValues>
      <Country ID="1">Cuba</Country><Country ID="2">United Kingdom</Country><Country ID="3">Iran</Country>
      <Country ID="4">Russia</Country><Country ID="9">undetermined</Country>
    </CountryValues>
    <DetailReferenceValues><DetailReference ID="91526">Male</DetailReference></DetailReferenceValues>
    <FeatureTypeValues>
      <FeatureType ID="8">Birthdate</FeatureType><FeatureType ID="9">Place of Birth</FeatureType>
      <FeatureType ID="10">Nationality Country</FeatureType><FeatureType ID="13">SWIFT/BIC</FeatureType>
      <FeatureType ID="25">Location</FeatureType><FeatureType ID="224">Gender</FeatureType>
      <FeatureType ID="365">Nationality of Registration</FeatureType><FeatureType ID="3">Vessel Flag</FeatureType>
      <FeatureType ID="1">Call Sign</FeatureType><FeatureType ID="5">MMSI</FeatureType>
    </FeatureTypeValues>
    <IDRegDocTypeValues>
      <IDRegDocType ID="1571">Passport</IDRegDocType><IDRegDocType ID="1596">Tax ID No.</IDRegDocType>
      <IDRegDocType ID="1626">Vessel Registration Identification</IDRegDocType>
    </IDRegDocTypeValues>
    <ListValues><List ID="1550">SDN List</List><List ID="91512">Consolidated List</List></ListValues>
    <LocPartTypeValues>
      <LocPartType ID="1">Unknown</LocPartType><LocPartType ID="1451">ADDRESS1</LocPartType>
      <LocPartType ID="1454">CITY</LocPartType>
    </LocPartTypeValues>
    <NamePartTypeValues>
      <NamePartType ID="1520">Last Name</NamePartType><NamePartType ID="1521">First Name</NamePartType>
      <NamePartType ID="1525">Entity Name</NamePartType>
    </NamePartTypeValues>
    <PartySubTypeValues>
      <PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType>
      <PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType>
      <PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType>
    </PartySubTypeValues>
    <PartyTypeValues><PartyType ID="1">Individual</PartyType><PartyType ID="2">Entity</PartyType></PartyTypeValues>
    <ValidityValues><Validity ID="1">Valid</Validity></ValidityValues>
    <SanctionsTypeValues>
      <SanctionsType ID="1">Program</SanctionsType><SanctionsType ID="1705">Block</SanctionsType>
    </SanctionsTypeValues>
  </ReferenceValueSets>
"""


def _place(number: int, country: str, *parts: tuple[str, str], area: str = "") -> str:
    inner = "".join(
        f'<LocationPart LocPartTypeID="{kind}"><LocationPartValue Primary="true"><Value>{value}</Value>'
        '</LocationPartValue><LocationPartValue Primary="false"><Value>other</Value></LocationPartValue></LocationPart>'
        for kind, value in parts
    )
    code = f'<LocationAreaCode AreaCodeID="{area}"/>' if area else ""
    return f'<Location ID="{number}">{code}<LocationCountry CountryID="{country}"/>{inner}</Location>'


def _registered(kind: int, identity: int, number: str, country: str = "") -> str:
    return (
        f'<IDRegDocument ID="{number}" IDRegDocTypeID="{kind}" IdentityID="{identity}" IssuedBy-CountryID="{country}">'
        f"<IDRegistrationNo>{number}</IDRegistrationNo></IDRegDocument>"
    )


def _alias(*parts: tuple[int, str], kind: int = 1400, primary: bool = False, weak: bool = False) -> str:
    inner = "".join(
        f'<DocumentedNamePart><NamePartValue NamePartGroupID="{group}">{value}</NamePartValue></DocumentedNamePart>'
        for group, value in parts
    )
    return (
        f'<Alias AliasTypeID="{kind}" Primary="{str(primary).lower()}" LowQuality="{str(weak).lower()}">'
        f"<DocumentedName>{inner}</DocumentedName></Alias>"
    )


_GROUPS = "".join(
    f'<MasterNamePartGroup><NamePartGroup ID="{group}" NamePartTypeID="{kind}"/></MasterNamePartGroup>'
    for group, kind in ((1, 1520), (2, 1521), (3, 1525))
)


def _said(kind: int, detail: str = "", *, place: int = 0, word: int = 0, period: str = "") -> str:
    location = f'<VersionLocation LocationID="{place}"/>' if place else ""
    return (
        f'<Feature FeatureTypeID="{kind}"><FeatureVersion>{period}<VersionDetail DetailReferenceID="{word or ""}">'
        f"{detail}</VersionDetail>{location}</FeatureVersion></Feature>"
    )


def _days(first: tuple[int, int, int], last: tuple[int, int, int], *, about: bool = False) -> str:
    def day(date: tuple[int, int, int]) -> str:
        return "<Year>{}</Year><Month>{}</Month><Day>{}</Day>".format(*date)

    return (
        f'<DatePeriod><Start Approximate="{str(about).lower()}"><From>{day(first)}</From></Start>'
        f"<End><To>{day(last)}</To></End></DatePeriod>"
    )


def _sanctioned(profile: int, *programmes: str, on_list: int = 1550) -> str:
    measures = "".join(
        f'<SanctionsMeasure SanctionsTypeID="1"><Comment>{name}</Comment></SanctionsMeasure>' for name in programmes
    )
    return (
        f'<SanctionsEntry ProfileID="{profile}" ListID="{on_list}"><EntryEvent><Date><Year>2003</Year><Month>7</Month>'
        f'<Day>8</Day></Date></EntryEvent><SanctionsMeasure SanctionsTypeID="1705"/>{measures}</SanctionsEntry>'
    )


ADVANCED = f"""<?xml version="1.0" encoding="utf-8"?>
<Sanctions xmlns="http://www.un.org/sanctions/1.0" Version="3">
  <DateOfIssue CalendarTypeID="1">
    <Year>2025</Year>
    <Month>3</Month>
    <Day>28</Day>
  </DateOfIssue>
  {_REFERENCES}
  <Locations>
    {_place(25, "1", ("1454", "Havana"))}
    {_place(26, "2", ("1454", "London EC3N 1DY"), ("1451", "Ibis House"))}
    {_place(27, "9", ("1", "Russia"))}{_place(28, "9", ("1", "Cyprus"))}{_place(29, "9", area="11073")}
  </Locations>
  <IDRegDocuments>
    {_registered(1571, 2, "A0198761", "3")}{_registered(1571, 2, "OA 454044")}{_registered(1571, 2, "")}
    {_registered(1596, 2, "7744001497", "4")}{_registered(1626, 3, "IMO 7406784")}
  </IDRegDocuments>
  <DistinctParties>
    <DistinctParty><Comment/>
      <Profile ID="101" PartySubTypeID="3">
        <Identity ID="1">
          {_alias((3, "VELLAMO SHIPPING CO., LTD."), primary=True)}{_alias((3, "VSC"), weak=True)}
          {_alias((3, "VELLAMO LINES"))}
          <NamePartGroups>{_GROUPS}</NamePartGroups>
        </Identity>
        {_said(13, "VELLGB2L")}{_said(365, place=29)}{_said(25, place=25)}{_said(25, place=26)}
      </Profile>
    </DistinctParty>
    <DistinctParty><Comment>Seen in Vallin.</Comment>
      <Profile ID="102" PartySubTypeID="4">
        <Identity ID="2">
          {_alias((1, "OKTABRSKI"), (2, "Dmitri Pavlovich"), primary=True)}{_alias((1, "OKTABRSKY"), (2, "Dima"))}
          <NamePartGroups>{_GROUPS}</NamePartGroups>
        </Identity>
        {_said(8, period=_days((1954, 10, 7), (1954, 10, 7)))}
        {_said(8, period=_days((1955, 1, 1), (1955, 12, 31), about=True))}
        {_said(9, "Vallin, Norland")}{_said(10, place=27)}{_said(224, word=91526)}
      </Profile>
    </DistinctParty>
    <DistinctParty><Comment/>
      <Profile ID="103" PartySubTypeID="1">
        <Identity ID="3">
          {_alias((3, "BLUE HERON"), primary=True)}{_alias((3, "GREY HERON"), kind=1401, weak=True)}
          <NamePartGroups>{_GROUPS}</NamePartGroups>
        </Identity>
        {_said(1, "P3QG3")}{_said(3, place=28)}{_said(5)}
      </Profile>
    </DistinctParty>
  </DistinctParties>
  <SanctionsEntries>
    {_sanctioned(101, "CUBA")}{_sanctioned(102, "SDGT", "IRAN-EO13902")}{_sanctioned(103, "NPWMD")}
    {_sanctioned(103, on_list=91512)}
  </SanctionsEntries>
</Sanctions>
""".encode()
