"""Verdicts as columns of a pandas data frame."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

import smtp_codes


def with_verdicts(events: pd.DataFrame, column: str) -> pd.DataFrame:
    """The frame with the fields of the verdicts behind its columns, as categories where they are words."""
    verdicts = pa.table(smtp_codes.verdicts(events[column])).to_pandas()
    return pd.concat([events, verdicts.set_index(events.index)], axis=1)


if __name__ == "__main__":
    events = pd.DataFrame({"response": ["550 5.1.1 User unknown", "452 4.2.2 Mailbox full", None]})
    print(with_verdicts(events, "response")[["response", "reason", "party", "action"]])
