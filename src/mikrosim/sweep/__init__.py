"""Many laws at once: sweeps over parameters, and the best mix of them.

A sweep file becomes a design (`spec`, `design`), its points become laws (`laws`), an evaluator measures them against
the baseline (`evaluate`), here (`run`) or on a cluster (`cluster`), and a folder keeps what is done (`store`).
"""

from mikrosim.sweep.spec import Sweep, load_sweep, sweep_from_dict

__all__ = ["Sweep", "load_sweep", "sweep_from_dict"]
