"""GETTSIM: German taxes, contributions and transfers on ttsim, with its NumPy backend."""

from pathlib import Path

WAGE = 50_000  # euros for an average wage of 1; a round number that lands in the law's range
YEAR = 2025
DATE = f"{YEAR}-01-01"
HIGHER = 1.1  # the child benefit in the second law
TARGETS = {
    "einkommensteuer": {"betrag_y_sn": None},
    "solidaritätszuschlag": {"betrag_y_sn": None},
    "sozialversicherung": {
        "beiträge_versicherter_m": None,
        "arbeitslosen": {"betrag_m": None},
    },
    "kindergeld": {"betrag_m": None},
    "elterngeld": {"betrag_m": None},
    "unterhaltsvorschuss": {"betrag_m": None},
    "kinderzuschlag": {"betrag_m_bg": None},
    "wohngeld": {"betrag_m_wthh": None},
    "bürgergeld": {"betrag_m_bg": None},
}
ZEROS = {
    "float64": (
        "einkommensteuer.abzüge.beitrag_private_rentenversicherung_m",
        "einkommensteuer.abzüge.kinderbetreuungskosten_m",
        "einkommensteuer.einkünfte.aus_forst_und_landwirtschaft.betrag_y",
        "einkommensteuer.einkünfte.aus_gewerbebetrieb.betrag_y",
        "einkommensteuer.einkünfte.aus_nichtselbstständiger_arbeit.tatsächliche_werbungskosten_y",
        "einkommensteuer.einkünfte.aus_selbstständiger_arbeit.betrag_y",
        "einkommensteuer.einkünfte.aus_vermietung_und_verpachtung.betrag_y",
        "einkommensteuer.einkünfte.sonstige.alle_weiteren_y",
        "einnahmen.renten.aus_berufsständischen_versicherungen_m",
        "einnahmen.renten.basisrente_m",
        "einnahmen.renten.geförderte_private_vorsorge_m",
        "einnahmen.renten.sonstige_private_vorsorge_m",
        "elterngeld.mean_nettoeinkommen_in_12_monaten_vor_geburt_m",
        "elterngeld.zu_versteuerndes_einkommen_vorjahr_y_sn",
        "unterhalt.tatsächlich_erhaltener_betrag_m",
        "vermögen",
    ),
    "bool": (
        "bürgergeld.bezug_im_vorjahr",
        "einkommensteuer.einkünfte.ist_hauptberuflich_selbstständig",
        "elterngeld.claimed",
        "kindergeld.in_ausbildung",
        "schwerbehindert_grad_g",
        "sozialversicherung.kranken.beitrag.privat_versichert",
    ),
    "int64": (
        "behinderungsgrad",
        "einkommensteuer.einkünfte.sonstige.rente.alter_beginn_leistungsbezug_sonstige_private_vorsorge",
        "elterngeld.bisherige_bezugsmonate",
        "sozialversicherung.arbeitslosen.monate_durchgängigen_bezugs_von_arbeitslosengeld",
        "sozialversicherung.arbeitslosen.monate_sozialversicherungspflichtiger_beschäftigung_in_letzten_5_jahren",
        "sozialversicherung.rente.grundrente.grundrentenzeiten_monate",
    ),
}
INCOME_TAX = "einkommensteuer__betrag_y_sn"
CHILD_BENEFIT = "kindergeld__betrag_m"


def load():
    import gettsim

    environment = gettsim.main(main_target=gettsim.MainTarget.policy_environment, policy_date_str=DATE)
    return gettsim, environment


def prepare(law, people: Path):
    gettsim, environment = law
    wanted = gettsim.MainTarget
    made = gettsim.main(
        main_targets=[
            wanted.processed_data,
            wanted.labels.root_nodes,
            wanted.tt_function,
            wanted.specialized_environment.tt_dag,
        ],
        policy_date_str=DATE,
        policy_environment=environment,
        input_data=gettsim.InputData.tree(_tree(people)),
        tt_targets=gettsim.TTTargets(tree=TARGETS),
        include_warn_nodes=False,
    )
    needed = {name: made["processed_data"][name] for name in made["labels"]["root_nodes"]}
    return made["tt_function"], needed, made["specialized_environment"]["tt_dag"]


def compute(law, prepared):
    function, data, _ = prepared
    return function(data)


def second(law, prepared, people):
    from copy import copy

    gettsim, environment = law
    higher = copy(environment["kindergeld"]["satz_m"])
    object.__setattr__(higher, "value", higher.value * HIGHER)  # a frozen object that dataclasses cannot replace
    reformed = gettsim, environment | {"kindergeld": environment["kindergeld"] | {"satz_m": higher}}
    return compute(reformed, prepare(reformed, people))


def check(result):
    return float(12 * result[CHILD_BENEFIT].mean() - result[INCOME_TAX].mean())


def rules(law, prepared, result):
    dag = prepared[2]
    computed = sum(1 for node in dag if dag.in_degree(node))
    return f"{computed} of {len(dag)} nodes"


def _tree(people: Path):
    """Return all inputs that the targets need: those of `_given`, and zeros.

    Pensions are given: computed ones end in an IndexError for people born long ago.
    """
    import numpy as np

    columns = dict(np.load(people / "people.npz"))
    count = len(columns["age"])
    zeros = {path: np.zeros(count, dtype) for dtype, paths in ZEROS.items() for path in paths}
    tree = {}
    for path, values in (zeros | _given(columns)).items():
        *above, name = path.split(".")
        branch = tree
        for step in above:
            branch = branch.setdefault(step, {})
        branch[name] = values
    return tree


def _given(columns):
    import numpy as np

    place, adults, first, age = (columns[name].astype(np.int64) for name in ("place", "adults", "first", "age"))
    row = np.arange(len(place))
    adult, child = place < adults, place >= adults
    couple = adult & (adults == 2)
    partner = np.where(couple, np.where(place == 0, row + 1, row - 1), -1)
    rent = columns["rent"][first] * WAGE / 12
    old = age >= 67
    out = columns["unemployed_months"] > 0
    earlier = columns["earlier_wage"] * WAGE / 12
    return {
        "p_id": row,
        "hh_id": columns["household"].astype(np.int64),
        "alter": age,
        "alter_monate": age * 12 + 12 - columns["birth_month"],
        "geburtsjahr": YEAR - age,
        "arbeitsstunden_w": np.where(columns["wage"] > 0, 38.0, 0.0),
        "einnahmen.bruttolohn_m": columns["wage"] * WAGE / 12,
        "einnahmen.kapitalerträge_y": columns["interest"] * WAGE,
        "einnahmen.renten.betriebliche_altersvorsorge_m": columns["pension"] * WAGE / 12,
        "einkommensteuer.gemeinsam_veranlagt": couple,
        "einkommensteuer.abzüge.p_id_kinderbetreuungskostenträger": np.where(child, first, -1),
        "familie.alleinerziehend": adult & (adults == 1) & (columns["size"] > 1),
        "familie.p_id_ehepartner": partner,
        "familie.p_id_elternteil_1": np.where(child, first, -1),
        "familie.p_id_elternteil_2": np.where(child & (adults == 2), first + 1, -1),
        "bürgergeld.p_id_einstandspartner": partner,
        "kindergeld.p_id_empfänger": np.where(child, first, -1),
        "lohnsteuer.steuerklasse": np.where(couple, 4, 1),
        "sozialversicherung.pflege.beitrag.hat_kinder": adult & (columns["size"] > adults),
        "sozialversicherung.arbeitslosen.arbeitssuchend": out,
        "sozialversicherung.arbeitslosen.mean_nettoeinkommen_in_12_monaten_vor_arbeitslosigkeit_m": 0.65 * earlier,
        "sozialversicherung.arbeitslosen.monate_beitragspflichtig_versichert_in_letzten_30_monaten": np.where(
            out, 24, 0
        ),
        "sozialversicherung.rente.altersrente.betrag_m": np.where(old, 0.3 * WAGE / 12, 0.0),
        "sozialversicherung.rente.erwerbsminderung.betrag_m": np.where(columns["disabled"], 0.35 * earlier, 0.0),
        "sozialversicherung.rente.bezieht_rente": old,
        "sozialversicherung.rente.jahr_renteneintritt": YEAR - age + 67,
        "wohnen.bruttokaltmiete_m_hh": rent,
        "wohnen.heizkosten_m_hh": np.where(rent > 0, 90.0, 60.0),
        "wohnen.bewohnt_eigentum_hh": rent == 0,
        "wohnen.wohnfläche_hh": 60.0 + 15 * (columns["size"] - 1),
        "wohngeld.mietstufe_hh": np.full(len(age), 3),
    }
