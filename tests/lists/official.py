"""Small list files in the publishers' layouts, names invented: what the loaders' tests spoil one thing at a time."""

from __future__ import annotations

SDN = b"""101,"VELLAMO SHIPPING CO., LTD.",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\
"a.k.a. 'VSC'; SWIFT/BIC VELLGB2L."\r
102,"OKTABRSKI, Dmitri Pavlovich","individual","SDGT] [IRAN-EO13902",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\
"DOB 07 Oct 1954; alt. DOB circa 1955; POB Vallin, Norland; nationality Russia; Gender Male; Passport A0198761 (Iran)\
 expires 23 Jan 2011; alt. Passport OA 454044; Linked To: VELLAMO SHIPPING CO., LTD."\r
103,"BLUE HERON","vessel","NPWMD",-0- ,"P3QG3","Tug","212","200","Cyprus","Nobody",\
"Vessel Registration Identification IMO 7406784; f.k.a. 'GREY HERON'."\r
\x1a"""
ALT = b"""101,12,"aka","VELLAMO LINES",-0- \r
102,13,"aka","OKTABRSKY, Dima",-0- \r
\x1a"""
ADD = b"""101,25,-0- ,"Havana","Cuba",-0- \r
101,26,"Ibis House","London EC3N 1DY","United Kingdom",-0- \r
\x1a"""
COMMENTS = b"""102,"; Tax ID No. 7744001497 (Russia)."\r
"""

OFAC_XML = b"""<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="http://tempuri.org/sdnList.xsd">
  <publshInformation><Publish_Date>03/28/2025</Publish_Date><Record_Count>3</Record_Count></publshInformation>
  <sdnEntry>
    <uid>101</uid><lastName>VELLAMO SHIPPING CO., LTD.</lastName><sdnType>Entity</sdnType>
    <programList><program>CUBA</program></programList>
    <idList>
      <id><uid>1</uid><idType>SWIFT/BIC</idType><idNumber>VELLGB2L</idNumber></id>
      <id><uid>2</uid><idType>Nationality of Registration</idType><idNumber>Cuba</idNumber></id>
      <id><uid>3</uid><idType>Secondary sanctions risk:</idType><idNumber>section 1(b)</idNumber></id>
    </idList>
    <akaList>
      <aka><uid>11</uid><type>a.k.a.</type><category>weak</category><lastName>VSC</lastName></aka>
      <aka><uid>12</uid><type>a.k.a.</type><category>strong</category><lastName>VELLAMO LINES</lastName></aka>
    </akaList>
    <addressList>
      <address><uid>25</uid><city>Havana</city><country>Cuba</country></address>
      <address>
        <uid>26</uid><address1>Ibis House</address1><city>London EC3N 1DY</city><country>United Kingdom</country>
      </address>
    </addressList>
  </sdnEntry>
  <sdnEntry>
    <uid>102</uid><firstName>Dmitri Pavlovich</firstName><lastName>OKTABRSKI</lastName><sdnType>Individual</sdnType>
    <remarks>Seen in Vallin.</remarks>
    <programList><program>SDGT</program><program>IRAN-EO13902</program></programList>
    <idList>
      <id><uid>4</uid><idType>Passport</idType><idNumber>A0198761</idNumber><idCountry>Iran</idCountry></id>
      <id><uid>5</uid><idType>Passport</idType><idNumber>OA 454044</idNumber></id>
      <id><uid>6</uid><idType>Tax ID No.</idType><idNumber>7744001497</idNumber><idCountry>Russia</idCountry></id>
      <id><uid>7</uid><idType>Gender</idType><idNumber>Male</idNumber></id>
      <id><uid>8</uid><idType>Passport</idType></id>
    </idList>
    <akaList>
      <aka>
        <uid>13</uid><type>a.k.a.</type><category>strong</category>
        <lastName>OKTABRSKY</lastName><firstName>Dima</firstName>
      </aka>
    </akaList>
    <nationalityList><nationality><uid>1</uid><country>Russia</country></nationality></nationalityList>
    <dateOfBirthList>
      <dateOfBirthItem><uid>1</uid><dateOfBirth>07 Oct 1954</dateOfBirth></dateOfBirthItem>
      <dateOfBirthItem><uid>2</uid><dateOfBirth>circa 1955</dateOfBirth></dateOfBirthItem>
    </dateOfBirthList>
    <placeOfBirthList>
      <placeOfBirthItem><uid>1</uid><placeOfBirth>Vallin, Norland</placeOfBirth></placeOfBirthItem>
    </placeOfBirthList>
  </sdnEntry>
  <sdnEntry>
    <uid>103</uid><lastName>BLUE HERON</lastName><sdnType>Vessel</sdnType>
    <programList><program>NPWMD</program></programList>
    <idList>
      <id>
        <uid>9</uid><idType>Vessel Registration Identification</idType><idNumber>IMO 7406784</idNumber>
      </id>
    </idList>
    <akaList>
      <aka><uid>14</uid><type>f.k.a.</type><category>weak</category><lastName>GREY HERON</lastName></aka>
    </akaList>
    <vesselInfo><callSign>P3QG3</callSign><vesselType>Tug</vesselType><vesselFlag>Cyprus</vesselFlag></vesselInfo>
  </sdnEntry>
</sdnList>
"""

UN_XML = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">
  <INDIVIDUALS>
    <INDIVIDUAL>
      <DATAID>1</DATAID><FIRST_NAME>DARIUSZ</FIRST_NAME><SECOND_NAME>OKTABRSKI</SECOND_NAME><THIRD_NAME>na</THIRD_NAME>
      <UN_LIST_TYPE>Norland</UN_LIST_TYPE><REFERENCE_NUMBER>NLi.001</REFERENCE_NUMBER><LISTED_ON>2012-12-31</LISTED_ON>
      <NAME_ORIGINAL_SCRIPT>Дариуш Октябрьский</NAME_ORIGINAL_SCRIPT>
      <COMMENTS1>Seen in
        Vallin.</COMMENTS1>
      <NATIONALITY><VALUE>Iran (Islamic Republic of)</VALUE><VALUE>Russia</VALUE></NATIONALITY>
      <INDIVIDUAL_ALIAS>
        <QUALITY>Good</QUALITY><ALIAS_NAME>Darius Oktabri; Darjusch Oktabri</ALIAS_NAME>
      </INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS>
        <QUALITY>Low</QUALITY><ALIAS_NAME>Abu Nor (original script: Дядя Лев)</ALIAS_NAME>
      </INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ADDRESS><CITY>Vallin</CITY><COUNTRY>Norland</COUNTRY></INDIVIDUAL_ADDRESS>
      <INDIVIDUAL_ADDRESS><COUNTRY/></INDIVIDUAL_ADDRESS>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1961-05-03-05:00</DATE></INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1962</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DATE_OF_BIRTH>
        <TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1963</TO_YEAR>
      </INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DATE_OF_BIRTH><FROM_YEAR>1959</FROM_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DATE_OF_BIRTH/>
      <INDIVIDUAL_PLACE_OF_BIRTH><CITY>Vallin</CITY><COUNTRY>Norland</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
      <INDIVIDUAL_DOCUMENT>
        <TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>OB 0243318</NUMBER><ISSUING_COUNTRY>Iran</ISSUING_COUNTRY>
      </INDIVIDUAL_DOCUMENT>
      <INDIVIDUAL_DOCUMENT>
        <TYPE_OF_DOCUMENT2>Vallish identification card number 545167</TYPE_OF_DOCUMENT2>
      </INDIVIDUAL_DOCUMENT>
      <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT2>ration card</TYPE_OF_DOCUMENT2></INDIVIDUAL_DOCUMENT>
      <INDIVIDUAL_DOCUMENT><NUMBER>99 88</NUMBER></INDIVIDUAL_DOCUMENT>
    </INDIVIDUAL>
  </INDIVIDUALS>
  <ENTITIES>
    <ENTITY>
      <DATAID>2</DATAID><FIRST_NAME>VALLISH SUPPORT COMMITTEE (VSC)</FIRST_NAME>
      <UN_LIST_TYPE>Norland</UN_LIST_TYPE><REFERENCE_NUMBER>NLe.001</REFERENCE_NUMBER><LISTED_ON>2013-01-01</LISTED_ON>
      <COMMENTS1/>
      <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Committee of Vallin</ALIAS_NAME></ENTITY_ALIAS>
      <ENTITY_ADDRESS><STREET>1 Quay</STREET><CITY> Vallin</CITY><COUNTRY>Norland</COUNTRY></ENTITY_ADDRESS>
    </ENTITY>
  </ENTITIES>
</CONSOLIDATED_LIST>
""".encode()

EU_XML = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-04-22T00:00:00.000+02:00" globalFileId="1">
  <sanctionEntity designationDate="" euReferenceNumber="EU.1.11" logicalId="13">
    <remark>Seen in Vallin</remark>
    <regulation publicationDate="2003-07-08" entryIntoForceDate="2003-07-07" programme="NOR" logicalId="348"/>
    <subjectType code="person" classificationCode="P"/>
    <nameAlias wholeName="Mirza Oktabri" strong="true"/>
    <nameAlias firstName="Mirsa" middleName="" lastName="Oktabri" wholeName="" strong="true"/>
    <nameAlias wholeName="Мирза Октабри" strong="true"/>
    <nameAlias wholeName="The Heron" strong="false"/>
    <citizenship countryIso2Code="IR" countryDescription="IRAN"/>
    <citizenship countryIso2Code="00" countryDescription="UNKNOWN"/>
    <birthdate circa="false" city="Vallin" birthdate="1937-04-28" year="1937" countryIso2Code="00"
      countryDescription="UNKNOWN"/>
    <birthdate circa="true" year="1938" monthOfYear="4" countryDescription=""/>
    <birthdate circa="false" yearRangeFrom="1935" yearRangeTo="1939"/>
    <birthdate circa="false" yearRangeFrom="1934"/>
    <birthdate circa="false"/>
    <address street="1 Quay" city="Vallin" countryIso2Code="NO" countryDescription="NORLAND">
      <contactInfo key="EMAIL" value="heron@example.com"/>
      <contactInfo key="PHONE" value="12345"/>
    </address>
    <identification identificationTypeCode="passport" number="A555 123" countryIso2Code="IR"
      nameOnDocument="Mirsad Okta"/>
    <identification identificationTypeDescription="Old card" latinNumber="77-88-99" countryIso2Code="00"/>
    <identification number="123456"/>
    <identification identificationTypeCode="id" number=""/>
  </sanctionEntity>
  <sanctionEntity designationDate="2014-05-01" logicalId="14">
    <subjectType code="enterprise" classificationCode="E"/>
    <nameAlias wholeName="Vellamo Lines" strong="false"/>
  </sanctionEntity>
  <sanctionEntity logicalId="15"><nameAlias wholeName="Heron &amp; Sons"/></sanctionEntity>
</export>
""".encode()
