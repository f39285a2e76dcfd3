#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes data/places/places.tsv: towns, first-level regions, US counties and countries with coordinates.

    tools/tables/places.py GEONAMES COUNTRIES > data/places/places.tsv

GEONAMES   tab-separated, no head: alpha-2 country, name, region, county, latitude, longitude, inhabitants
           (derived from the GeoNames gazetteer, https://www.geonames.org, CC BY 4.0).
COUNTRIES  country-codes.csv of the DataHub project (PDDL).

Kept: places of 5,000 and more inhabitants and all capitals. A region or country is put at the middle of the box of
its places (their outermost hundredth left aside); a large country at the point that gazetteers give it, below.
"""
import collections
import csv
import sys
import unicodedata

MIN_PEOPLE = 5000

# Country: other names in use; the gazetteers' point for those whose places' box would mislead.
NAMES = {
    "USA": "United States|U.S.|US|USA|U.S.A.|United States of America|America", "GBR": "United Kingdom|UK|U.K.|Britain|Great Britain",
    "RUS": "Russia|Russian Federation", "CHN": "China|People's Republic of China|mainland China", "KOR": "South Korea|Republic of Korea",
    "PRK": "North Korea|DPRK|Democratic People's Republic of Korea", "COD": "Democratic Republic of Congo|Democratic Republic of the Congo|DR Congo|DRC|Congo-Kinshasa|Congo",
    "COG": "Republic of the Congo|Congo-Brazzaville|Republic of Congo", "CIV": "Ivory Coast|Cote d'Ivoire", "MMR": "Myanmar|Burma",
    "TUR": "Turkey|Türkiye|Turkiye", "CZE": "Czech Republic|Czechia", "MKD": "North Macedonia|Macedonia", "SWZ": "Eswatini|Swaziland",
    "TLS": "East Timor|Timor-Leste", "CPV": "Cape Verde|Cabo Verde", "SYR": "Syria|Syrian Arab Republic", "IRN": "Iran|Islamic Republic of Iran|Islamic Republic",
    "LAO": "Laos", "VNM": "Vietnam|Viet Nam", "BOL": "Bolivia", "VEN": "Venezuela", "TZA": "Tanzania", "MDA": "Moldova", "FSM": "Micronesia",
    "PSE": "Palestine|State of Palestine|Palestinian territories|occupied Palestinian territories", "VAT": "Vatican|Vatican City|Holy See",
    "ARE": "United Arab Emirates|UAE|U.A.E.", "BIH": "Bosnia|Bosnia and Herzegovina|Bosnia-Herzegovina", "NLD": "Netherlands|Holland",
    "BHS": "Bahamas", "GMB": "Gambia", "CAF": "Central African Republic", "SAU": "Saudi Arabia", "HKG": "Hong Kong", "MAC": "Macau|Macao",
    "TTO": "Trinidad and Tobago|Trinidad", "KNA": "St. Kitts and Nevis|Saint Kitts and Nevis", "LCA": "St. Lucia|Saint Lucia",
    "VCT": "St. Vincent and the Grenadines|Saint Vincent and the Grenadines", "ATG": "Antigua and Barbuda|Antigua", "STP": "Sao Tome and Principe|Sao Tome",
    "XKX": "Kosovo", "TWN": "Taiwan", "LKA": "Sri Lanka", "SSD": "South Sudan", "GIN": "Guinea", "ESH": "Western Sahara",
}
POINT = {
    "USA": (39.76, -98.5), "RUS": (60, 100), "CHN": (35, 105), "CAN": (60.11, -113.64), "BRA": (-10, -55), "AUS": (-25, 135), "IND": (22, 79),
    "ARG": (-34, -64), "KAZ": (48, 68), "DZA": (28, 3), "COD": (-2.5, 23.5), "SAU": (25, 45), "MEX": (23, -102), "IDN": (-5, 120), "SDN": (16, 30),
    "LBY": (28, 17), "IRN": (32, 53), "MNG": (46, 105), "PER": (-10, -75.25), "TCD": (15, 19), "NER": (18, 9), "AGO": (-12.5, 18.5),
    "MLI": (18, -2), "ZAF": (-29, 24), "COL": (4, -73.25), "ETH": (9, 39.5), "BOL": (-17, -65), "MRT": (20, -12), "EGY": (27, 30), "TZA": (-6, 35),
    "NGA": (10, 8), "VEN": (8, -66), "PAK": (30, 70), "TUR": (39, 35), "UKR": (49, 32), "FRA": (46, 2), "GBR": (54.76, -2.7), "DEU": (51.5, 10.5),
    "ESP": (40, -4), "ITA": (42.83, 12.83), "JPN": (35.69, 139.75), "SWE": (62, 15), "NOR": (62, 10), "FIN": (64, 26), "POL": (52, 20),
    "GRL": (72, -40), "MMR": (21, 96), "AFG": (33, 66), "YEM": (15.5, 47.5), "THA": (15.5, 101), "VNM": (16.17, 107.83), "PHL": (13, 122),
    "MYS": (2.5, 112.5), "NZL": (-42, 174), "CHL": (-30, -71), "ZMB": (-14.33, 28.5), "MOZ": (-18.25, 35), "SOM": (6, 48), "KEN": (1, 38),
    "CUB": (22, -79.5), "SYR": (35, 38), "IRQ": (33, 44), "UZB": (41.71, 63.85), "TKM": (40, 60), "CMR": (6, 12.5), "MDG": (-20, 47),
    "MAR": (32, -5), "OMN": (21, 57), "NAM": (-22, 17), "BWA": (-22, 24), "CAF": (7, 21), "SSD": (7.5, 30), "PNG": (-6, 147), "PRY": (-23, -58),
    "ECU": (-1.25, -78.25), "PRT": (39.69, -8.13), "DNK": (56, 10), "NLD": (52.25, 5.75), "ESH": (24.5, -13), "ISL": (65, -18), "KOR": (36.5, 127.75),
    "PRK": (40, 127),
}
CAPITALS = {"Washington": "USA", "Nay Pyi Taw": "MMR", "Astana": "KAZ", "Ulan Bator": "MNG", "Pristina": "XKX", "Panamá": "PAN", "Malabo": "GNQ"}
# Spellings that English newspapers use, by the gazetteer's name and country.
ALIAS = {
    ("Washington", "USA"): "Washington, D.C.|Washington D.C.|Washington, DC|Washington DC", ("New York City", "USA"): "New York|NYC", ("Kyiv", "UKR"): "Kiev", ("Odesa", "UKR"): "Odessa",
    ("Kharkiv", "UKR"): "Kharkov", ("Lviv", "UKR"): "Lvov", ("Mykolaiv", "UKR"): "Nikolaev", ("Genève", "CHE"): "Geneva", ("Zürich", "CHE"): "Zurich",
    ("Makkah", "SAU"): "Mecca", ("Jeddah", "SAU"): "Jiddah", ("Sanaa", "YEM"): "Sana'a", ("Ar Raqqah", "SYR"): "Raqqa", ("Saint Petersburg", "RUS"): "St. Petersburg|St Petersburg",
    ("Mumbai", "IND"): "Bombay", ("Kolkata", "IND"): "Calcutta", ("Chennai", "IND"): "Madras", ("Bengaluru", "IND"): "Bangalore", ("Gurugram", "IND"): "Gurgaon",
    ("Yangon", "MMR"): "Rangoon", ("Nay Pyi Taw", "MMR"): "Naypyidaw|Naypyitaw", ("Gaza", "PSE"): "Gaza City", ("Tel Aviv", "ISR"): "Tel Aviv-Yafo",
    ("Ho Chi Minh City", "VNM"): "Saigon", ("Beijing", "CHN"): "Peking", ("Guangzhou", "CHN"): "Canton", ("Köln", "DEU"): "Cologne", ("Frankfurt am Main", "DEU"): "Frankfurt",
    ("Nürnberg", "DEU"): "Nuremberg", ("Hannover", "DEU"): "Hanover", ("Québec", "CAN"): "Quebec City", ("Montréal", "CAN"): "Montreal", ("Den Haag", "NLD"): "The Hague",
    ("The Hague", "NLD"): "Hague", ("Torino", "ITA"): "Turin", ("Milano", "ITA"): "Milan", ("Napoli", "ITA"): "Naples", ("Venezia", "ITA"): "Venice", ("Firenze", "ITA"): "Florence",
    ("Genoa", "ITA"): "Genova", ("Sevilla", "ESP"): "Seville", ("Lisbon", "PRT"): "Lisboa", ("Antwerpen", "BEL"): "Antwerp", ("Bruxelles", "BEL"): "Brussels",
    ("Kraków", "POL"): "Krakow|Cracow", ("Gothenburg", "SWE"): "Goteborg", ("Santiago", "CHL"): "Santiago de Chile", ("Al Başrah al Qadīmah", "IRQ"): "Basra",
    ("Basrah", "IRQ"): "Basra", ("Erbil", "IRQ"): "Irbil|Arbil|Hewler", ("Sulaymānīyah", "IRQ"): "Sulaymaniyah|Sulaimaniyah", ("Najaf", "IRQ"): "An Najaf",
    ("Isfahan", "IRN"): "Esfahan", ("Al Qāhirah", "EGY"): "Cairo", ("Alexandria", "EGY"): "Al Iskandariyah", ("Marrakesh", "MAR"): "Marrakech", ("Dimashq", "SYR"): "Damascus",
    ("Latakia", "SYR"): "Lattakia", ("Dar‘ā", "SYR"): "Daraa|Deraa", ("Deir ez-Zor", "SYR"): "Deir al-Zor|Deir Ezzor", ("Dushanbe", "TJK"): "Dushanbe", ("Astana", "KAZ"): "Nur-Sultan",
    ("Ulan Bator", "MNG"): "Ulaanbaatar", ("Chisinau", "MDA"): "Chisinau", ("N'Djamena", "TCD"): "Ndjamena", ("Washington D.C.", "USA"): "Washington",
    ("Panamá", "PAN"): "Panama City", ("Pretoria", "ZAF"): "Tshwane", ("Port Elizabeth", "ZAF"): "Gqeberha", ("Kuwait City", "KWT"): "Kuwait City", ("Al Manāmah", "BHR"): "Manama",
    ("Goma", "COD"): "Goma", ("Rostov-na-Donu", "RUS"): "Rostov-on-Don|Rostov", ("Nizhniy Novgorod", "RUS"): "Nizhny Novgorod", ("Yekaterinburg", "RUS"): "Ekaterinburg",
    ("Zaporizhzhya", "UKR"): "Zaporizhzhia", ("Luhansk", "UKR"): "Lugansk", ("Dnipro", "UKR"): "Dnipropetrovsk", ("Bayrūt", "LBN"): "Beirut",
}
# The press's abbreviations of US states (AP style).
STATES = dict(p.split("=") for p in (
    "Alabama=Ala. Arizona=Ariz. Arkansas=Ark. California=Calif. Colorado=Colo. Connecticut=Conn. Delaware=Del. Florida=Fla. Georgia=Ga. "
    "Illinois=Ill. Indiana=Ind. Kansas=Kan. Kentucky=Ky. Louisiana=La. Maryland=Md. Massachusetts=Mass. Michigan=Mich. Minnesota=Minn. "
    "Mississippi=Miss. Missouri=Mo. Montana=Mont. Nebraska=Neb. Nevada=Nev. New_Hampshire=N.H. New_Jersey=N.J. New_Mexico=N.M. New_York=N.Y. "
    "North_Carolina=N.C. North_Dakota=N.D. Oklahoma=Okla. Oregon=Ore. Pennsylvania=Pa. Rhode_Island=R.I. South_Carolina=S.C. "
    "South_Dakota=S.D. Tennessee=Tenn. Texas=Tex. Vermont=Vt. Virginia=Va. Washington=Wash. West_Virginia=W.Va. Wisconsin=Wis. Wyoming=Wyo.").split())


def fold(s):
    return "".join(c for c in unicodedata.normalize("NFD", s) if not unicodedata.combining(c)).replace("’", "'").lower()


def box(points):
    """Middle of the box round the points, their outermost hundredth left aside."""
    out = []
    for k in (0, 1):
        v = sorted(p[k] for p in points)
        cut = len(v) // 100
        out.append((v[cut] + v[-1 - cut]) / 2)
    return out


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    alpha3, capital, english = {"XK": "XKX"}, {}, {"XKX": "Kosovo"}
    for r in csv.DictReader(open(sys.argv[2], encoding="utf8")):
        a2, a3 = r["ISO3166-1-Alpha-2"] or ("NA" if r["ISO3166-1-Alpha-3"] == "NAM" else ""), r["ISO3166-1-Alpha-3"]
        alpha3[a2] = a3
        capital[a3] = r["Capital"].strip()
        english[a3] = r["official_name_en"] if "(" not in r["official_name_en"] else r["CLDR display name"]
    rows, of_country, of_region, of_county = [], collections.defaultdict(list), collections.defaultdict(list), collections.defaultdict(list)
    people = collections.Counter()
    most = collections.Counter()  # inhabitants of each country's largest place: tells its capital from a namesake
    for line in open(sys.argv[1], encoding="utf8"):
        f = line.rstrip("\n").split("\t")
        most[alpha3.get(f[0])] = max(most[alpha3.get(f[0])], int(f[6] or 0))
    for line in open(sys.argv[1], encoding="utf8"):
        a2, name, region, county, lat, lon, n = line.rstrip("\n").split("\t")
        a3, point, n = alpha3.get(a2), (float(lat), float(lon)), int(n or 0)
        if not a3:
            continue
        of_country[a3].append(point)
        people[a3] += n
        if region:
            of_region[a3, region].append(point)
            people[a3, region] += n
        if a2 == "US" and county.endswith(("County", "Parish")):
            of_county[a3, region, county].append(point)
            people[a3, region, county] += n
        is_capital = fold(name) == fold(capital.get(a3, "")) and n >= most[a3] // 60 or CAPITALS.get(name) == a3 and n > 100000
        if n >= MIN_PEOPLE or is_capital:
            names = [x for x in ALIAS.get((name, a3), "").split("|") if x and x != name]
            names.insert(0 if name.isascii() else len(names), name)  # the English spelling first
            rows.append(("|".join(names), a3, region, point, n, "capital" if is_capital else "town"))
    for a3, points in of_country.items():
        names = NAMES.get(a3) or english[a3].replace("|", " ")
        rows.append((names, a3, "", POINT.get(a3) or box(points), people[a3], "country"))
    for (a3, region), points in of_region.items():
        if people[a3, region] >= 50000:
            short = region
            for tail in (" Province", " Oblast", " oblast", " Oblast’", " Governorate", " Region", " Krai", " Kray", " State", " County", " Republic"):
                short = short[: -len(tail)] if short.endswith(tail) else short
            names = region if short == region else f"{region}|{short}"
            if a3 in ("USA", "IND", "NGA", "BRA", "MEX", "MMR", "SDN", "DEU") and not names.endswith("State"):
                names += f"|{short} State|{short} state"
            elif short == region:
                names += f"|{short} province|{short} region"
            if a3 == "USA" and region.replace(" ", "_") in STATES:
                names += "|" + STATES[region.replace(" ", "_")]
            rows.append((names, a3, region, box(points), people[a3, region], "region"))
    for (a3, region, county), points in of_county.items():
        if people[a3, region, county] >= 30000:
            rows.append((county, a3, region, box(points), people[a3, region, county], "county"))
    rows.sort(key=lambda r: (r[1], r[5], r[0], r[3][0]))
    print("# Places with coordinates. Made by tools/tables/places.py; do not edit: additions go to extra.tsv.\n"
          "# Towns, regions and coordinates: derived from GeoNames (https://www.geonames.org), CC BY 4.0.\n"
          "# Countries and capitals: the country-codes data set of the DataHub project, PDDL; names in use added.\n"
          "# name: spellings between '|'. region: first-level division. people: thousands. kind: town capital region county country area")
    print("name\tcountry\tregion\tlat\tlon\tpeople\tkind")
    for names, a3, region, (lat, lon), n, kind in rows:
        print(f"{names}\t{a3}\t{'' if kind in ('region', 'country') else region}\t{lat:.2f}\t{lon:.2f}\t{(n + 500) // 1000}\t{kind}")


main()
