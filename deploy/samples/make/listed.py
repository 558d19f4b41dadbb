"""The invented listed parties and things: those written by hand in listed.toml, and as many again made from parts."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from deploy.samples.make.dice import Dice
from deploy.samples.make.numbers import bitcoin, ether, imo

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
SDN, CONS, UN, EU = LISTS = ("sdn", "cons", "un", "eu")
Kind = Literal["person", "organisation", "vessel", "aircraft"]
KINDS: tuple[Kind, ...] = ("person", "organisation", "vessel", "aircraft")
Number = tuple[str, str, str]  # kind as the publisher words it, value, country
Place = tuple[str, str, str]  # street, town, country


@dataclass(frozen=True)
class Listed:
    """One invented party or thing. `family` is empty for all but people; `original` is the name in its own script."""

    key: str
    kind: Kind
    name: str
    lists: tuple[str, ...]
    programme: str
    family: str = ""
    original: str = ""
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    born: str = ""
    born_at: tuple[str, str] | None = None
    country: str = ""
    addresses: tuple[Place, ...] = ()
    numbers: tuple[Number, ...] = ()
    type: str = ""
    flag: str = ""
    owner: str = ""

    @property
    def whole_name(self) -> str:
        """Given names, then family name, as a payment would write it."""
        return f"{self.name} {self.family}".strip()

    def number(self, kind: str) -> str:
        """The first number of a kind ("IMO", "SWIFT/BIC", ...)."""
        return next(value for name, value, _ in self.numbers if name.startswith(kind))


@cache
def everyone() -> tuple[Listed, ...]:
    """Every listed party and thing of the samples, in the order of the lists."""
    return (*_written(), *_people(), *_organisations(), *_vessels(), *_aircraft())


def listed(key: str) -> Listed:
    """The party a scenario names by its handle. Raises StopIteration where there is none."""
    return next(one for one in everyone() if one.key == key)


def _written() -> Iterator[Listed]:
    tables = tomllib.loads((HERE / "listed.toml").read_text(encoding="utf-8"))
    for kind in KINDS:
        for entry in tables[kind]:
            fields = {name: _frozen(value) for name, value in entry.items()}
            if kind == "person":
                fields["name"] = fields.pop("given")
            if kind == "aircraft":
                fields["type"] = fields.pop("model")
            one = Listed(kind=kind, **fields)
            yield replace(one, numbers=tuple(_completed(number) for number in one.numbers))


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def _completed(number: Number) -> Number:
    makers = {"IMO": imo, "BTC": bitcoin, "ETH": ether}
    scheme, _, seed = number[1].partition(":")
    return (number[0], makers[scheme](seed), number[2]) if scheme in makers and seed else number


@cache
def _parts() -> dict[str, Any]:
    return tomllib.loads((HERE / "invented.toml").read_text(encoding="utf-8"))


def _published_in(dice: Dice, programme: str) -> tuple[str, ...]:
    """Most are on one list, some on two; the United Nations do not list everybody."""
    united_nations = programme in {"IRN", "PRK", "YEM", "SOM", "COD", "TERR", "SYR"}
    first = dice.pick((SDN, SDN, EU, EU, UN if united_nations else EU, CONS))
    return tuple(name for name in LISTS if name == first or (name == EU and first == SDN and dice.chance(25)))


def _people() -> Iterator[Listed]:
    for country, parts in _parts()["people"].items():
        family_first = country in {"CN", "KP"}
        for family, own_family in parts["family"]:
            dice = Dice(f"person/{country}/{family}")
            given, own_given = dice.pick(parts["given"])
            place = _frozen(dice.pick(parts["places"]))
            gap = "" if family_first else " "
            yield Listed(
                key=_key(family),
                kind="person",
                name=given,
                family=_of_gender(family, given, country),
                original=gap.join((own_family, own_given) if family_first else (own_given, _own(own_family, given)))
                if own_family
                else "",
                aliases=_aliases(given, family, dice),
                born=_birth(dice),
                born_at=place[1:],
                country=country,
                addresses=(place,) if dice.chance(60) else (),
                numbers=(("Passport", f"{dice.letters(1)}{dice.digits(8)}", country),) if dice.chance(70) else (),
                programme=parts["programme"],
                lists=_published_in(dice, parts["programme"]),
            )


_FEMALE = re.compile(r"(ovna|evna|ivna)$")


def _of_gender(family: str, given: str, country: str) -> str:
    """Russian families agree with the patronymic: Lebyazhinov, Lebyazhinova."""
    if country != "RU" or not _FEMALE.search(given):
        return family
    return re.sub(r"(skiy|sky)$", "skaya", family) if family.endswith(("skiy", "sky")) else f"{family}a"


def _own(family: str, given: str) -> str:
    if not _FEMALE.search(given) or not family.endswith(("в", "н", "ий")):
        return family
    return f"{family[:-2]}ая" if family.endswith("ий") else f"{family}\u0430"


def _aliases(given: str, family: str, dice: Dice) -> tuple[str, ...]:
    """One spelling a registrar of another country would have written."""
    swaps = (("kh", "h"), ("zh", "j"), ("shch", "sch"), ("iy", "y"), ("Al-", "El "), ("ou", "u"), ("w", "v"))
    name = f"{given.split(maxsplit=1)[0]} {family}"
    for old, new in swaps:
        if old in name and dice.chance(60):
            name = name.replace(old, new)
    return (name,) if name != f"{given} {family}" else ()


def _birth(dice: Dice) -> str:
    year = dice.number(1948, 1991)
    return dice.pick((f"{year}-{dice.number(1, 12):02d}-{dice.number(1, 28):02d}", f"{year}", f"circa {year}"))


def _organisations() -> Iterator[Listed]:
    for country, parts in _parts()["organisations"].items():
        for stem, own in parts["stems"]:
            dice = Dice(f"organisation/{stem}")
            yield Listed(
                key=_key(stem),
                kind="organisation",
                name=f"{stem} {dice.pick(parts['legal'])}",
                original=dice.pick(parts["original"]).format(own) if own else "",
                aliases=(stem,),
                country=country,
                addresses=(_frozen(dice.pick(parts["places"])),),
                numbers=(("Registration Number", dice.digits(10), country),) if dice.chance(80) else (),
                programme=parts["programme"],
                lists=_published_in(dice, parts["programme"]),
            )


def _vessels() -> Iterator[Listed]:
    parts = _parts()["vessels"]
    for name, place in zip(parts["names"], count()):
        dice = Dice(f"vessel/{name}")
        flag = dice.pick(parts["flags"])
        yield Listed(
            key=_key(name),
            kind="vessel",
            name=name,
            aliases=(parts["former"][place],) if place < len(parts["former"]) else (),
            numbers=(("IMO", imo(str(350_000 + dice.number(0, 49_999))), ""), ("MMSI", dice.digits(9), "")),
            type=dice.pick(parts["types"]),
            flag=flag,
            programme={"IR": "IRN", "KP": "PRK"}.get(flag, "RUS"),
            lists=(SDN, EU) if dice.chance(30) else (SDN,),
        )


def _aircraft() -> Iterator[Listed]:
    parts = _parts()["aircraft"]
    for name, model in zip(parts["names"], parts["models"], strict=True):
        number = ("Manufacturer's Serial Number (MSN)", Dice(name).digits(9), "")
        yield Listed(_key(name), "aircraft", name, (SDN,), "RUS", type=model, numbers=(number,))


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
