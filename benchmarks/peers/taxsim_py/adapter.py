"""taxsim-py: federal and state income tax and payroll tax of US tax units, actual law only."""

from pathlib import Path

WAGE = 70_000  # dollars for an average wage of 1; a round number that lands in the law's range
YEAR = 2024
STATES = 51  # TAXSIM's own codes, 1 to 51


def load():
    import taxsim_py

    return taxsim_py


def prepare(law, people: Path):
    import polars as pl

    persons = pl.read_parquet(people / "people.parquet")
    adult, child = pl.col("place") < pl.col("adults"), pl.col("place") >= pl.col("adults")

    def of(place: int, column: str):
        return (pl.col(column) * (pl.col("place") == place)).sum()

    def children_under(age: int):
        return (child & (pl.col("age") < age)).sum().cast(pl.Int32)

    return persons.group_by("household", maintain_order=True).agg(
        year=pl.lit(YEAR),
        state=(pl.col("household").first() % STATES + 1),
        mstat=pl.col("adults").first(),
        page=of(0, "age"),
        sage=of(1, "age") * (pl.col("adults").first() == 2),
        pwages=of(0, "wage") * WAGE,
        swages=(pl.col("wage") * (adult & (pl.col("place") == 1))).sum() * WAGE,
        pensions=pl.col("pension").sum() * WAGE,
        intrec=pl.col("interest").sum() * WAGE,
        rentpaid=pl.col("rent").sum() * WAGE,
        pui=(pl.col("earlier_wage") * pl.col("unemployed_months") / 24 * (pl.col("place") == 0)).sum() * WAGE,
        depx=child.sum().cast(pl.Int32),
        dep13=children_under(13),
        dep17=children_under(17),
        dep18=children_under(18),
    )


def compute(law, units):
    return law.calculate_taxes(units)


def check(result):
    return sum(result.select("fiitax", "siitax", "tfica").mean().row(0))


def rules(law, units, result):
    from taxsim_py.api import OUTPUT_COLUMNS

    return f"{len(OUTPUT_COLUMNS)} outputs"
