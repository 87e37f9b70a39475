"""What an import says when it refuses, and the made-up files to spoil."""

import pytest

from mikrosim.errors import PopulationError
from mikrosim.microdata import import_population

D, R, H, P = (f"UDB_cNO24{name}.csv" for name in "DRHP")


def message(folder, mapping="eu_silc", **options):
    with pytest.raises(PopulationError) as caught:
        import_population(mapping, folder, **options)
    return str(caught.value)


def drop(files, name, column):
    for row in files[name]:
        del row[column]


def set_cell(files, name, row, column, value):
    files[name][row][column] = value
