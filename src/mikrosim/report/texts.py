"""The words of the report, in Norwegian bokmål and in English, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

LANGUAGES = ("nb", "en")

WORDS: dict[str, tuple[str, str]] = {
    "billion": ("{amount} mrd. kr", "NOK {amount} billion"),
    "million": ("{amount} mill. kr", "NOK {amount} million"),
    "title": ("{scenario} – inntektsåret {year}", "{scenario} – income year {year}"),
    "population": (
        "{persons} personer i {households} husholdninger står for {weighted} personer",
        "{persons} persons in {households} households stand for {weighted} persons",
    ),
    "costs": ("Reformen koster {amount} i året, netto.", "The reform costs {amount} a year, net."),
    "saves": (
        "Reformen sparer det offentlige for {amount} i året, netto.",
        "The reform saves the public purse {amount} a year, net.",
    ),
    "neutral": ("Reformen koster netto ingenting.", "The reform costs nothing, net."),
    "children_move": (
        "Barn i lavinntekt (EU60): fra {before} til {after} prosent, {number} {direction}.",
        "Children in low income (EU60): from {before} to {after} percent, {number} {direction}.",
    ),
    "children_stay": (
        "Barn i lavinntekt (EU60): {before} prosent, uendret.",
        "Children in low income (EU60): {before} percent, unchanged.",
    ),
    "up": ("flere barn", "more children"),
    "down": ("færre barn", "fewer children"),
    "persistent_children": (
        "Barn i vedvarende lavinntekt (EU60 over tre år): fra {before} til {after} prosent.",
        "Children in persistent low income (EU60, three years): from {before} to {after} percent.",
    ),
    "winners": (
        "Av personer i barnefamilier får {gain} prosent mer og {lose} prosent mindre å rutte med.",
        "Of persons in families with children, {gain} percent have more to spend and {lose} percent less.",
    ),
    "solved.set": ("Løst: {parameter} = {value}", "Solved: {parameter} = {value}"),
    "solved.multiply": ("Løst: {parameter} × {value}", "Solved: {parameter} × {value}"),
    "solved.add": ("Løst: {parameter} + {value}", "Solved: {parameter} + {value}"),
    "unit.NOK per year": ("kr i året", "NOK per year"),
    "unit.NOK per month": ("kr i måneden", "NOK per month"),
    "unit.NOK per week": ("kr i uka", "NOK per week"),
    "unit.NOK per day": ("kr dagen", "NOK per day"),
    "unit.NOK per hour": ("kr timen", "NOK per hour"),
    "law_changes": ("Dette endres i loven", "What changes in the law"),
    "no_changes": ("Ingenting: reformen er gjeldende lov.", "Nothing: the reform is the law as it is."),
    "budget": ("Budsjett, mill. kr i året", "Budget, NOK million a year"),
    "budget_note": ("+ er utgift for det offentlige, − er inntekt", "+ costs the public purse, − is revenue"),
    "net": ("Netto", "Net"),
    "baseline": ("Gjeldende lov", "Present law"),
    "reform": ("Reform", "Reform"),
    "change": ("Endring", "Change"),
    "low_income": ("Lavinntekt", "Low income"),
    "low_income_note": (
        "Som SSB: uten studenthusholdninger og barn som bor alene; barn er 0–17 år",
        "As Statistics Norway: without student households and children living alone; children are 0–17",
    ),
    "persons": ("Alle", "All"),
    "children": ("Barn", "Children"),
    "share": ("prosent", "percent"),
    "number": ("antall", "number"),
    "points": ("prosentpoeng", "percentage points"),
    "fixed_line": ("grense holdt fast", "line held still"),
    "persistent": ("vedvarende, tre år", "persistent, three years"),
    "inequality": (
        "Ulikhet (inntekt etter skatt per forbruksenhet, EU-skala)",
        "Inequality (after-tax income per consumption unit, EU scale)",
    ),
    "gini": ("Gini", "Gini"),
    "deciles": ("Endring etter inntekt", "Change by income"),
    "deciles_note": (
        "Inntekt etter skatt og barnepass per forbruksenhet; tideler av personer, de fattigste først",
        "Income after tax and child care per consumption unit; tenths of persons, poorest first",
    ),
    "decile": ("Tidel", "Tenth"),
    "kroner": ("kr i året", "NOK a year"),
    "percent": ("prosent", "percent"),
    "winners_losers": ("Vinnere og tapere, prosent av personene", "Winners and losers, percent of persons"),
    "winners_note": (
        "Etter husholdningens inntekt etter skatt og barnepass; under én krone er uendret",
        "By household income after tax and child care; under one krone is unchanged",
    ),
    "everyone": ("Alle", "All"),
    "families": ("Barnefamilier", "Families with children"),
    "gain": ("Får mer", "Gain"),
    "lose": ("Får mindre", "Lose"),
    "unchanged": ("Uendret", "Unchanged"),
    "compared": ("Scenariets egne mål", "The scenario's own measures"),
    "remarks": ("Merk", "Note"),
    "remark.unconfirmed": (
        "Verdier i loven som ikke er bekreftet: {names}",
        "Values of the law that are not confirmed: {names}",
    ),
    "remark.projection": (
        "Verdier i loven som er framskrevet, ikke vedtatt: {names}",
        "Values of the law that are projected, not enacted: {names}",
    ),
    "remark.uprated": (
        "Befolkningens inntekter og aldre er ført fram fra {names} med publisert vekst",
        "The population's incomes and ages are carried from {names} by published growth",
    ),
    "remark.uprating": (
        "Veksttall som ikke er endelige: {names}",
        "Growth figures that are not final: {names}",
    ),
    "and_more": ("og {count} til", "and {count} more"),
    "written": ("Skrevet til {folder}", "Written to {folder}"),
    "stage.loading": ("Henter befolkningen …", "Fetching the population …"),
    "stage.building": (
        "Bygger befolkningen (bare første gang) …",
        "Building the population (first time only) …",
    ),
    "stage.compiling": ("Kompilerer reglene (bare første gang) …", "Compiling the rules (first time only) …"),
    "stage.computing": ("Regner …", "Computing …"),
    "stage.solving": ("Leter etter løsningen …", "Searching for the solution …"),
    "instrument.barnetrygd": ("Barnetrygd", "Child benefit (barnetrygd)"),
    "instrument.kontantstotte": ("Kontantstøtte", "Cash-for-care benefit (kontantstøtte)"),
    "instrument.engangsstonad": ("Engangsstønad", "Lump sum at birth (engangsstønad)"),
    "instrument.overgangsstonad": ("Overgangsstønad", "Transitional benefit (overgangsstønad)"),
    "instrument.stonad_til_barnetilsyn": (
        "Stønad til barnetilsyn",
        "Child care benefit, single parents (stønad til barnetilsyn)",
    ),
    "instrument.bidragsforskudd": ("Bidragsforskudd", "Advance child support (bidragsforskudd)"),
    "instrument.bostotte": ("Bostøtte", "Housing allowance (bostøtte)"),
    "instrument.sosialhjelp": ("Sosialhjelp", "Social assistance (sosialhjelp)"),
    "instrument.skatt_alminnelig_inntekt": ("Skatt på alminnelig inntekt", "Tax on general income"),
    "instrument.trinnskatt": ("Trinnskatt", "Bracket tax (trinnskatt)"),
    "instrument.trygdeavgift": ("Trygdeavgift", "National insurance contribution"),
    "instrument.skattefradrag_pensjon": ("Skattefradrag for pensjon", "Tax credit for pensions"),
    "instrument.foreldrebetaling_barnehage": (
        "Foreldrebetaling, barnehage",
        "Parents' payment, kindergarten",
    ),
    "instrument.foreldrebetaling_sfo": ("Foreldrebetaling, SFO", "Parents' payment, after-school care"),
}
"""Key to the words in each language; braces hold numbers and names."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    >>> Words("en")("written", folder="results")
    'Written to results'
    """

    language: str = "nb"

    def __call__(self, key: str, **values: Any) -> str:
        """Return the words under a key, with the values put in."""
        return WORDS[key][LANGUAGES.index(self.language)].format(**values)

    @property
    def comma(self) -> bool:
        """Whether decimals stand after a comma."""
        return self.language == "nb"

    def instrument(self, name: str) -> str:
        """Return what an instrument is called; its own name where there is no other."""
        return self(f"instrument.{name}") if f"instrument.{name}" in WORDS else name
