"""Other people's microdata in the synthetic population's place: mapping, reading, and what is filled in."""

from mikrosim.microdata.build import Imported, import_population
from mikrosim.microdata.mapping import MicrodataMapping, load_mapping

__all__ = ["Imported", "MicrodataMapping", "import_population", "load_mapping"]
