"""Small files of roll calls as each source writes them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import rdata

VOTES = (
    (1, "United States", "US", "no"),
    (1, "Russia", "RU", "yes"),
    (1, "Yugoslavia", "YU", "yes"),
    (2, "United States", "US", "no"),
    (2, "Russia", "RU", "abstain"),
    (2, "Namibia", "NA", "yes"),
    (2, "Yugoslavia", "YU", "no"),
    (3, "United States", "US", "yes"),
    (3, "Namibia", "NA", "abstain"),
)
CALLS = ((1, 30, "1975-11-05", "first"), (2, 60, "2005-11-08", "second"), (3, 61, "2006-11-08", "third"))


def r_files(folder: Path, votes: Sequence[tuple] = VOTES, calls: Sequence[tuple] = CALLS) -> list[Path]:
    """`un_votes`, `un_roll_calls` and `un_roll_call_issues` as R writes them."""
    when = [int((np.datetime64(call[2]) - np.datetime64("1970-01-01")).astype(int)) for call in calls]
    tables = {
        "un_votes": pd.DataFrame(votes, columns=["rcid", "country", "country_code", "vote"]),
        "un_roll_calls": pd.DataFrame(
            {
                "rcid": [call[0] for call in calls],
                "session": [float(call[1]) for call in calls],
                "date": [float(day) for day in when],
                "unres": [f"R/{call[1]}/{call[0]}" for call in calls],
                "short": [call[3] for call in calls],
            }
        ),
        "un_roll_call_issues": pd.DataFrame({"rcid": [1, 3], "short_name": ["nu", "hr"]}),
    }
    for name, table in tables.items():
        table.index = pd.RangeIndex(len(table))
        rdata.write_rda(folder / f"{name}.rda", {name: table})
    return [folder / f"{name}.rda" for name in tables]


LIBRARY = """\
undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title,subjects
11,USA,UNITED STATES,Y,2022-03-02,ES-11,A/RES/ES-11/1,Aggression against Ukraine,UKRAINE SITUATION
11,KAZ,KAZAKHSTAN,A,2022-03-02,ES-11,A/RES/ES-11/1,Aggression against Ukraine,UKRAINE SITUATION
11,RUS,RUSSIAN FEDERATION,N,2022-03-02,ES-11,A/RES/ES-11/1,Aggression against Ukraine,UKRAINE SITUATION
11,NAM,NAMIBIA,A,2022-03-02,ES-11,A/RES/ES-11/1,Aggression against Ukraine,UKRAINE SITUATION
11,UZB,UZBEKISTAN,X,2022-03-02,ES-11,A/RES/ES-11/1,Aggression against Ukraine,UKRAINE SITUATION
12,USA,UNITED STATES,N,1985-12-12,40,A/RES/40/100,Nuclear weapons,DISARMAMENT
12,SUN,USSR,Y,1985-12-12,40,A/RES/40/100,Nuclear weapons,DISARMAMENT
12,YUG,YUGOSLAVIA,Y,1985-12-12,40,A/RES/40/100,Nuclear weapons,DISARMAMENT
12,GER,FEDERAL REPUBLIC OF GERMANY,A,1985-12-12,40,A/RES/40/100,Nuclear weapons,DISARMAMENT
"""

VOETEN = """\
rcid,ccode,vote,session,date,unres,short,descr,me,nu,di,hr,co,ec
7,2,3,74,2019-12-18,R/74/168,CRIMEA,Human rights in Crimea,0,0,0,1,0,0
7,705,3,74,2019-12-18,R/74/168,CRIMEA,Human rights in Crimea,0,0,0,1,0,0
7,345,8,74,2019-12-18,R/74/168,CRIMEA,Human rights in Crimea,0,0,0,1,0,0
7,565,9,74,2019-12-18,R/74/168,CRIMEA,Human rights in Crimea,0,0,0,1,0,0
8,2,1,73,2018-12-22,R/73/263,NA,Human rights in Crimea,0,0,0,1,0,0
8,705,2,73,2018-12-22,R/73/263,NA,Human rights in Crimea,0,0,0,1,0,0
8,345,1,73,2018-12-22,R/73/263,NA,Human rights in Crimea,0,0,0,1,0,0
"""
