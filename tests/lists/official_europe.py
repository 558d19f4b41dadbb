"""Small list files in the layouts of the EU (csv), the United Kingdom, France and Switzerland, names invented."""

from __future__ import annotations

import json

# The facts of official.EU_XML, as far as the csv has them.
EU_CSV = """\
fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_DesignationDate;Entity_Remark;\
Entity_SubjectType_ClassificationCode;Entity_Regulation_PublicationDate;Entity_Regulation_Programme;\
NameAlias_LastName;NameAlias_FirstName;NameAlias_MiddleName;NameAlias_WholeName;\
Address_City;Address_Street;Address_ContactInfo;Address_CountryDescription;\
BirthDate_BirthDate;BirthDate_Day;BirthDate_Month;BirthDate_Year;BirthDate_YearRangeFrom;BirthDate_YearRangeTo;\
BirthDate_Circa;BirthDate_City;BirthDate_CountryDescription;\
Identification_Number;Identification_LatinNumber;Identification_NameOnDocument;Identification_TypeCode;\
Identification_TypeDescription;Identification_CountryIso2Code;Citizenship_CountryIso2Code
22/04/2026;13;EU.1.11;;Seen in Vallin;P;2003-07-08;NOR;;;;Mirza Oktabri;;;;;;;;;;;;;;;;;;;;
22/04/2026;13;EU.1.11;;Seen in Vallin;P;2003-07-08;NOR;Oktabri;Mirsa;;;;;;;;;;;;;;;;;;;;;;
22/04/2026;13;EU.1.11;;Seen in Vallin;P;2003-07-08;NOR;;;;Мирза Октабри;;;;;;;;;;;;;;;;;;;;
22/04/2026;13;EU.1.11;;Seen in Vallin;P;2003-07-08;NOR;;;;The Heron;;;;;;;;;;;;;;;;;;;;
22/04/2026;13;EU.1.11;;Seen in Vallin;P;2003-07-08;NOR;;;;;Vallin;1 Quay;EMAIL[heron@example.com];NORLAND;;;;;;;;;;\
;;;;;;
22/04/2026;13;EU.1.11;;Seen in Vallin;P;2003-07-08;NOR;;;;;;;;;1937-04-28;;;1937;;;false;Vallin;UNKNOWN;;;;;;;
22/04/2026;13;EU.1.11;;Seen in Vallin;P;2003-07-08;NOR;;;;;;;;;;;4;1938;;;true;;;;;;;;;
22/04/2026;13;EU.1.11;;Seen in Vallin;P;2003-07-08;NOR;;;;;;;;;;;;;1935;1939;false;;;;;;;;;
22/04/2026;13;EU.1.11;;Seen in Vallin;P;2003-07-08;NOR;;;;;;;;;;;;;1934;;false;;;;;;;;;
22/04/2026;13;EU.1.11;;Seen in Vallin;P;2003-07-08;NOR;;;;;;;;;;;;;;;;;;A555 123;;Mirsad Okta;passport;;IR;
22/04/2026;13;EU.1.11;;Seen in Vallin;P;2003-07-08;NOR;;;;;;;;;;;;;;;;;;;77-88-99;;;Old card;00;
22/04/2026;13;EU.1.11;;Seen in Vallin;P;2003-07-08;NOR;;;;;;;;;;;;;;;;;;123456;;;;;;
22/04/2026;13;EU.1.11;;Seen in Vallin;P;2003-07-08;NOR;;;;;;;;;;;;;;;;;;;;;;;;IR
22/04/2026;14;;2014-05-01;;E;;;;;;Vellamo Lines;;;;;;;;;;;;;;;;;;;;
22/04/2026;15;;;;;;;;;;Heron & Sons;;;;;;;;;;;;;;;;;;;;
""".encode()

# Version 1.0, as a spreadsheet program saved it: whole rows in quotation marks, tabs for commas, Windows-1252.
EU_CSV_OLD = (
    '"Date_file;Entity_logical_id;Subject_type;Leba_publication_date;Programme;Entity_remark;Entity_logical_id;'
    "Naal_lastname;Naal_firstname;Naal_middlename;Naal_wholename;Addr_street;Addr_city;Addr_country;Addr_other;"
    'Birt_date;Birt_place;Birt_country;Iden_number;Iden_country;Citi_country;EU_ref_num\t\t"\n'
    '"04/07/2018;1;P;2002-09-13;NOR;(Seen in Vallin);1;Oktabri;Rénée;;Rénée Oktabri;;;;;;;;;;;EU.36.64\t\t"\n'
    '"04/07/2018;1;P;2002-09-13;NOR;(Seen in Vallin);;;;;;1 Quay;Vallin;NOR;WEB[www.example.com]\\nFAX[1];;;;;;;'
    'EU.36.64"\n'
    '"04/07/2018;1;P;2002-09-13;NOR;(Seen in Vallin);;;;;;;;;;N/A;al-Vell\t near Vallin (J.O. FR);NOR;;;;EU.36.64"\n'
    '"04/07/2018;1;P;2002-09-13;NOR;(Seen in Vallin);;;;;;;;;;1924-02-21;-;;;;;EU.36.64"\n'
    '"04/07/2018;1;P;2002-09-13;NOR;(Seen in Vallin);;;;;;;;;;;;;AD001 (passport-National passport) (x);;;EU.36.64"\n'
    '"04/07/2018;1;P;2002-09-13;NOR;(Seen in Vallin);;;;;;;;;;;;;;;IRQ;EU.36.64"\n'
).encode("cp1252")

UK_XML = """<?xml version="1.0" encoding="utf-8"?>
<Designations>
  <DateGenerated>02/09/2026</DateGenerated>
  <Designation>
    <DateDesignated>29/06/2012</DateDesignated><UniqueID>NOR0001</UniqueID>
    <Names>
      <Name><Name1>Mirza</Name1><Name2>Bek</Name2><Name6>OKTABRI</Name6><NameType>Primary Name</NameType></Name>
      <Name><Name6>OKTABRY</Name6><NameType>Primary Name Variation</NameType></Name>
      <Name><Name6>Heron</Name6><NameType>Alias</NameType><AliasStrength>low_quality_aka</AliasStrength></Name>
      <Name><Name6>Mirsa</Name6><NameType>ALias</NameType><AliasStrength>Good quality a.k.a</AliasStrength></Name>
    </Names>
    <NonLatinNames>
      <NonLatinName><NameNonLatinScript>Мирза Октабри</NameNonLatinScript></NonLatinName>
    </NonLatinNames>
    <RegimeName>The Norland (Sanctions) Regulations 2020</RegimeName>
    <IndividualEntityShip>Individual</IndividualEntityShip>
    <SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed>
    <OtherInformation>SWIFT/BIC code: VELLGB2L, wallet 0x52908400098527886E0F7030069857D2E4169EE7, see
      https://www.interpol.int/x</OtherInformation>
    <Addresses>
      <Address>
        <AddressLine1>1 Quay</AddressLine1><AddressLine6>Vallin</AddressLine6>
        <AddressPostalCode>0001</AddressPostalCode><AddressCountry>Norland</AddressCountry>
      </Address>
    </Addresses>
    <EmailAddresses><EmailAddress>m@example.com</EmailAddress></EmailAddresses>
    <Websites><Website>www.example.com</Website><Website/></Websites>
    <IndividualDetails><Individual>
      <DOBs><DOB>dd/mm/1945</DOB><DOB>04/06/1969</DOB><DOB>dd/mm/yyyy</DOB></DOBs>
      <BirthDetails><Location>
       <TownOfBirth>Vallin</TownOfBirth><CountryOfBirth>Norland</CountryOfBirth></Location></BirthDetails>
      <Nationalities><Nationality>Iran</Nationality><Nationality>Russia</Nationality></Nationalities>
      <PassportDetails><Passport>
        <PassportNumber>D0009925</PassportNumber>
        <PassportAdditionalInformation>Afghanistan diplomatic passport</PassportAdditionalInformation>
      </Passport></PassportDetails>
      <NationalIdentifierDetails><NationalIdentifier>
        <NationalIdentifierNumber>545167</NationalIdentifierNumber>
        <NationalIdentifierAdditionalInformation>tazkira</NationalIdentifierAdditionalInformation>
      </NationalIdentifier><NationalIdentifier/></NationalIdentifierDetails>
    </Individual></IndividualDetails>
  </Designation>
  <Designation>
    <UniqueID>NOR0002</UniqueID>
    <Names><Name><Name6>BLUE HERON</Name6><NameType>Primary name</NameType></Name></Names>
    <IndividualEntityShip>Ship</IndividualEntityShip>
    <ShipDetails><Ship>
      <IMONumbers><IMONumber>IMO7406784</IMONumber></IMONumbers>
      <CurrentBelievedFlagOfShips>
       <CurrentBelievedFlagOfShip>Cyprus</CurrentBelievedFlagOfShip></CurrentBelievedFlagOfShips>
      <PreviousFlags><PreviousFlag>Liberia</PreviousFlag></PreviousFlags>
    </Ship></ShipDetails>
  </Designation>
  <Designation>
    <UniqueID>NOR0003</UniqueID>
    <Names><Name><Name6>VELLAMO LINES</Name6><NameType>Primary Name</NameType></Name></Names>
    <IndividualEntityShip>Entity</IndividualEntityShip>
    <EntityDetails><Entity>
      <BusinessRegistrationNumbers>
       <BusinessRegistrationNumber>7704 (Norland)</BusinessRegistrationNumber></BusinessRegistrationNumbers>
    </Entity></EntityDetails>
  </Designation>
</Designations>
""".encode()

_OFSI_COLUMNS = (
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,DOB,Town of Birth,Country of Birth,"
    "Nationality,"
    "Passport Details,NI Number,Address 1,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,"
    "Alias Quality,Regime,Listed On,Last Updated,Group ID"
)
UK_OFSI = f"""Last Updated,13/04/2018,,,,,,,,,,,,,,,,,,,,,,,,
{_OFSI_COLUMNS}
 OKTABRI,Mirza,Bek,,,,Dr,Мирза Октабри,00/00/1980,Vallin,Norland,1) Saudi Arabia 2) Qatar,\
Passport No: 592667 (Qatari passport issued on 3 May 2007).,no 3603251708570001,,,,Afghanistan (since 2009),Seen.,\
Individual,Prime Alias,,Norland,01/04/2016,01/04/2016,13349
OKTABRY,Mirza,,,,,,,01/08/1979,(1) Vallin (2) Oxel,(1) Norland (2)-(3) Iran,Iranian,\
"(1) L 191609 (Tunisian). Issued on 28 Feb 1996 (2) 04643632 (Tunisian)",,1 Quay,Vallin,0001,Norland,Seen.,\
Individual,AKA,Low Quality,Norland,02/04/2016,01/04/2016,13349
OLDNAME,Mirza,,,,,,,,,,,,,,,,,Seen.,Individual,FKA,,Norland,,01/04/2016,13349
BLUE HERON 2,,,,,,,,,,,,,,,,,,(IMO number: 7406784). MMSI: 445539000.,Entity,Prime Alias,,Norland,19/10/2017,,13556
GREY HERON,,,,,,,,,,,,,,,,,,,Ship,Primary name,,Norland,19/10/2017,,13557
VELLAMO LINES,,,,,,,,,,,,,,,,,,,Entity,Primary name,,Norland,19/10/2017,,13558
""".encode()


def _detail(kind: str, *values: dict[str, str]) -> dict[str, object]:
    return {"TypeChamp": kind, "Valeur": list(values)}


FR_CONTENT: dict[str, object] = {
    "Publications": {
        "DatePublication": "2026-05-31T07:26:40.8593026+02:00",
        "PublicationDetail": [
            {
                "IdRegistre": 4240,
                "Nature": "Personne physique",
                "Nom": "OKTABRI",
                "RegistreDetail": [
                    _detail("PRENOM", {"Prenom": "Mirza  Bek "}, {"Prenom": "Mirsa"}),
                    _detail(
                        "DATE_DE_NAISSANCE",
                        {"Jour": "20", "Mois": "10", "Annee": "1976"},
                        {"Jour": "", "Mois": "", "Annee": "1977"},
                        {"Jour": "", "Mois": "", "Annee": ""},
                    ),
                    _detail("LIEU_DE_NAISSANCE", {"Lieu": "Vallin", "Pays": "NORLANDE"}),
                    _detail(
                        "ALIAS",
                        {"Alias": "Мирза ОКТАБРИ", "Commentaire": ""},
                        {"Alias": "anciennement Vell", "Commentaire": ""},
                        {"Alias": "Nor (pseudonyme peu fiable)", "Commentaire": ""},
                    ),
                    _detail("NATIONALITE", {"Pays": "RUSSIE"}, {"Pays": "CORÉE DU NORD"}),
                    _detail("ADRESSE_PP", {"Adresse": "1, quai de Vallin", "Pays": ""}),
                    _detail("PASSEPORT", {"NumeroPasseport": "n° D0009925"}, {"NumeroPasseport": "/"}),
                    _detail("COURRIEL", {"Courriel": "m@example.com"}),
                    _detail("TITRE", {"Titre": "Général"}),
                    _detail("FONDEMENT_JURIDIQUE", {"FondementJuridiqueLabel": "(UE) 2020/1"}),
                ],
            },
            {
                "IdRegistre": "2382",
                "Nature": "Personne morale",
                "Nom": "VELLAMO LINES",
                "RegistreDetail": [
                    _detail(
                        "IDENTIFICATION",
                        {"Identification": "1023202741781", "Commentaire": "Numéro d\u2019enregistrement"},
                        {"Identification": "KPP: 525801001", "Commentaire": ""},
                        {"Identification": "Numéro d'identification fiscale: 7325081527", "Commentaire": "KPP: 1"},
                        {"Identification": "205939411", "Commentaire": ""},
                        {"Identification": "0x52908400098527886E0F7030069857D2E4169EE7", "Commentaire": ""},
                        {"Identification": "+7 (495) 485-43-95", "Commentaire": "Fax"},
                    ),
                    _detail("ADRESSE_PM", {"Adresse": "Vallin", "Pays": "NORLANDE"}),
                ],
            },
            {
                "IdRegistre": 2218,
                "Nature": "Navire",
                "Nom": "Vellamo Lines - navire BLUE HERON",
                "RegistreDetail": [_detail("NUMERO_OMI", {"NumeroOMI": "7406784"})],
            },
            {"IdRegistre": 2219, "Nature": "Navire", "Nom": "GREY HERON", "RegistreDetail": []},
        ],
    }
}
FR_JSON = json.dumps(FR_CONTENT, ensure_ascii=False).encode()

CH_XML = """<?xml version="1.0" encoding="UTF-8"?>
<swiss-sanctions-list list-type="whole-list" date="2026-08-27">
  <sanctions-program ssid="20">
    <program-key lang="ger">Norland (D)</program-key><program-key lang="eng">Norland</program-key>
    <program-name lang="eng">Ordinance on measures against Norland</program-name>
    <sanctions-set ssid="4387" lang="ger">Finanzsanktionen</sanctions-set>
    <sanctions-set ssid="4387" lang="eng">Financial measures</sanctions-set>
    <sanctions-set ssid="4387" lang="fre">Sanctions financières</sanctions-set>
  </sanctions-program>
  <sanctions-program ssid="21">
    <program-name lang="ger">Verordnung</program-name><sanctions-set ssid="4388" lang="fre">Voyages</sanctions-set>
  </sanctions-program>
  <target ssid="5142">
    <sanctions-set-id>4387</sanctions-set-id><sanctions-set-id>4388</sanctions-set-id>
    <sanctions-set-id>9</sanctions-set-id>
    <individual>
      <identity ssid="5144" main="true">
        <name name-type="primary-name" quality="good">
          <name-part order="1" name-part-type="family-name"><value>Oktabri</value>
            <spelling-variant lang="RUS" script="LATN">Oktabry</spelling-variant>
            <spelling-variant lang="RUS" script="CYRL">Октабри</spelling-variant>
            <spelling-variant lang="RUS" script="CYRL"/>
          </name-part>
          <name-part order="2" name-part-type="given-name"><value>Mirza</value>
            <spelling-variant lang="RUS" script="CYRL">Мирза</spelling-variant>
          </name-part>
          <name-part order="x" name-part-type="title"><value>Dr</value></name-part>
        </name>
        <name name-type="alias" quality="low">
          <name-part name-part-type="whole-name"><value>Heron</value></name-part>
        </name>
        <name name-type="formerly-known-as" quality="good">
          <name-part order="1" name-part-type="whole-name"><value>Mirza Vell</value></name-part>
        </name>
        <day-month-year day="23" month="3" year="1980" quality="good"/>
        <day-month-year year="1981" quality="low"/>
        <day-month-year year="1982" to-year="1984"/>
        <day-month-year/>
        <place-of-birth place-id="1"/>
        <address place-id="2"><c-o>Sports Club</c-o><zip-code>0001</zip-code></address>
        <identification-document document-type="passport">
          <number>D0009925</number><issuer place-id="2"/>
        </identification-document>
        <identification-document><number>4711</number>
          <issuer><country iso-code="ir">Iran</country></issuer></identification-document>
        <identification-document document-type="id-card"><number>4712</number></identification-document>
        <identification-document document-type="id-card"/>
      </identity>
      <identity ssid="5145" main="false">
        <name name-type="primary-name" quality="good">
          <name-part order="1" name-part-type="whole-name"><value>Ali Vell</value></name-part>
        </name>
        <nationality><country iso-code="IQ">Iraq</country></nationality><nationality/>
      </identity>
      <justification>Seen.</justification>
    </individual>
    <modification modification-type="listed" effective-date="2015-11-18"/>
    <modification modification-type="de-listed" effective-date="2027-01-01"/>
    <modification modification-type="amended" effective-date="2016-11-18">
      <removed><target ssid="1"><individual><identity/></individual></target></removed>
    </modification>
  </target>
  <target ssid="5200">
    <sanctions-set-id>4387</sanctions-set-id>
    <entity>
      <identity main="true"><name name-type="primary-name">
      <name-part name-part-type="whole-name"><value>Gone</value></name-part></name></identity>
    </entity>
    <modification modification-type="listed" effective-date="2015-01-01"/>
    <modification modification-type="de-listed" publication-date="2016-01-01"/>
  </target>
  <target ssid="34461">
    <sanctions-set-id>4387</sanctions-set-id>
    <object object-type="vessel">
      <identity main="true"><name name-type="primary-name">
      <name-part name-part-type="whole-name"><value>Blue Heron</value></name-part></name></identity>
      <other-information>IMO Number: 7406784</other-information>
    </object>
    <modification modification-type="listed"/>
  </target>
  <target ssid="34462">
    <object object-type="aircraft"><identity main="true"><name name-type="primary-name">
      <name-part><value>EP-VLL</value></name-part></name></identity></object>
  </target>
  <target ssid="34463">
    <object object-type="other"><identity main="true"><name name-type="primary-name">
      <name-part><value>Vell Fund</value></name-part></name></identity></object>
  </target>
  <place ssid="1"><location>Vallin</location><country iso-code="NO">Norland</country></place>
  <place ssid="2"><country iso-code="AF">Afghanistan</country></place>
</swiss-sanctions-list>
""".encode()
