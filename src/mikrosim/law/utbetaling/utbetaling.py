"""When in the month each instrument is paid out; no rule of the kernel needs it.

Rights are computed for the month they concern. A household's payment calendar (``mikrosim.payment_calendar``)
turns them into payouts on a date: day ``_day`` of the month that lies ``_lag`` months later, in December and May on
a day of their own where there is one, and on the last working day before where that day is none. Holiday pay, half
tax in December, back payments and days that municipalities, employers and pension funds set for themselves are not
modelled.
"""

from __future__ import annotations

from typing import NamedTuple


class UtbetalingLaw(NamedTuple):
    """The payment dates in force; every instrument with a lag has a day. Their order is that of the calendar."""

    common_day: float
    wage_day: float
    wage_lag: float
    barnetrygd_day: float
    barnetrygd_december_day: float
    barnetrygd_lag: float
    kontantstotte_day: float
    kontantstotte_december_day: float
    kontantstotte_lag: float
    engangsstonad_day: float
    engangsstonad_lag: float
    foreldrepenger_day: float
    foreldrepenger_december_day: float
    foreldrepenger_lag: float
    svangerskapspenger_day: float
    svangerskapspenger_december_day: float
    svangerskapspenger_lag: float
    overgangsstonad_day: float
    overgangsstonad_december_day: float
    overgangsstonad_lag: float
    stonad_til_barnetilsyn_day: float
    stonad_til_barnetilsyn_december_day: float
    stonad_til_barnetilsyn_lag: float
    bidragsforskudd_day: float
    bidragsforskudd_lag: float
    barnebidrag_day: float
    barnebidrag_lag: float
    dagpenger_day: float
    dagpenger_lag: float
    aap_day: float
    aap_lag: float
    tiltakspenger_day: float
    tiltakspenger_lag: float
    sykepenger_day: float
    sykepenger_december_day: float
    sykepenger_lag: float
    uforetrygd_day: float
    uforetrygd_december_day: float
    uforetrygd_may_day: float
    uforetrygd_lag: float
    alderspensjon_day: float
    alderspensjon_december_day: float
    alderspensjon_may_day: float
    alderspensjon_lag: float
    supplerende_stonad_day: float
    supplerende_stonad_december_day: float
    supplerende_stonad_may_day: float
    supplerende_stonad_lag: float
    kvalifiseringsstonad_day: float
    kvalifiseringsstonad_lag: float
    introduksjonsstonad_day: float
    introduksjonsstonad_lag: float
    bostotte_day: float
    bostotte_lag: float
    sosialhjelp_day: float
    sosialhjelp_lag: float
    meldekort_first_monday: float
    meldekort_wait: float
