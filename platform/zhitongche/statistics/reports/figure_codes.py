"""Which figures a report shows; all of them are defined in figures.yaml."""

from __future__ import annotations

from typing import Final

SHOWN: Final = (
    "received", "received_below", "accepted", "refused", "duplicates", "withdrawn", "finished", "on_hand", "overdue_now", "urged",
    "on_time_rate", "response_rate", "first_assignment_rate", "objection_rate", "resolution_rate", "rehandling_rate",
    "satisfaction_given", "satisfaction_default", "participation_rate", "call_back_rate", "handling_median", "handling_p90",
    "risen", "taken_above", "decided_above", "returned_above", "returned_below", "rise_rate", "return_rate",
    "meetings_held", "commitments_kept",
)  # fmt: skip
"""Of the whole tenant, in the order of the table."""

UNITS: Final = ("handed", "finished", "on_hand", "overdue_now", "on_time_rate", "satisfaction_given")
"""Of each unit."""

KEYED: Final = ("received", "refused", "on_time_rate", "step_median", "step_p90", "meetings_held")
"""By what they are divided by."""

TREND: Final = ("received", "finished", "on_hand")
"""Over the last periods."""
