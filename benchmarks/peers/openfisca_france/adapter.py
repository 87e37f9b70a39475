"""OpenFisca-France: French tax and benefit law on openfisca-core."""

from pathlib import Path

WAGE = 40_000  # euros for an average wage of 1; a round number that lands in the law's range
YEAR = 2024
OUTPUT = "revenu_disponible"
LOWEST_RATE = 0.12  # otherwise 11 per cent


def load():
    from openfisca_france import FranceTaxBenefitSystem

    return FranceTaxBenefitSystem()


def prepare(law, people: Path):
    import numpy as np
    from openfisca_core.simulations import SimulationBuilder

    columns = dict(np.load(people / "people.npz"))
    place, adults, household = columns["place"], columns["adults"], columns["household"]
    roles = np.where(place == 0, "first", np.where(place < adults, "second", "child"))
    builder = SimulationBuilder()
    builder.create_entities(law)
    builder.declare_person_entity("individu", np.arange(len(place)))
    names = {
        "famille": ("demandeur", "conjoint", "enfant"),
        "foyer_fiscal": ("declarant_principal", "conjoint", "personne_a_charge"),
        "menage": ("personne_de_reference", "conjoint", "enfant"),
    }
    for entity, (head, partner, child) in names.items():
        instance = builder.declare_entity(entity, np.arange(int(household[-1]) + 1))
        role = np.where(roles == "first", head, np.where(roles == "second", partner, child))
        builder.join_with_persons(instance, household, role)
    simulation = builder.build(law)
    _give(simulation, columns)
    return simulation


def compute(law, simulation):
    return simulation.calculate(OUTPUT, YEAR)


def second(law, simulation, people):
    from openfisca_core.reforms import Reform

    def higher(parameters):
        rate = parameters.impot_revenu.bareme_ir_depuis_1945.bareme.brackets[1].rate
        rate.update(start=f"{YEAR}-01-01", value=LOWEST_RATE)
        return parameters

    class HigherLowestRate(Reform):
        def apply(self):
            self.modify_parameters(higher)

    reformed = HigherLowestRate(law)
    return compute(reformed, prepare(reformed, people))


def check(result):
    return float(result.mean())


def rules(law, simulation, result):
    computed = arrays = 0
    for name, variable in law.variables.items():
        periods = len(simulation.get_holder(name).get_known_periods())
        computed += bool(periods and variable.formulas)
        arrays += periods
    return f"{computed:,} of {len(law.variables):,} variables, {arrays:,} arrays"


def _give(simulation, columns):
    """Give yearly amounts as twelve equal months, as the variables want them."""
    import numpy as np

    heads, adults = columns["place"] == 0, columns["adults"]
    born = [f"{YEAR - age}-{month:02d}-01" for age, month in zip(columns["age"], columns["birth_month"], strict=True)]
    simulation.set_input("date_naissance", "ETERNITY", np.array(born, dtype="datetime64[D]"))
    monthly = {
        "salaire_de_base": columns["wage"] * WAGE / 12,
        "retraite_brute": columns["pension"] * WAGE / 12,
        "chomage_brut": columns["earlier_wage"] * columns["unemployed_months"] / 12 * 0.57 * WAGE / 12,
    }
    rent = columns["rent"][heads] * WAGE / 12
    tenure = np.where(rent > 0, "locataire_vide", "proprietaire")
    married = np.where(adults == 2, "marie", "celibataire")
    for month in range(1, 13):
        period = f"{YEAR}-{month:02d}"
        for name, amount in monthly.items():
            simulation.set_input(name, period, amount)
        simulation.set_input("loyer", period, rent)
        simulation.set_input("statut_occupation_logement", period, tenure)
        simulation.set_input("statut_marital", period, married)
