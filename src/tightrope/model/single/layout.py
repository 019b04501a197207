"""Where the quantities of a single run lie: one row each, deciders along it. Constants, for compiled code to use."""

from __future__ import annotations

# The accounts, in the order of `state.ACCOUNTS`.
E, S, D, A, N, R = range(6)
ACCOUNTS = 6
# What a table of reasons has before and behind the accounts.
BASE_ROW, TIMES_ROW, REASON_ROWS = 0, 9, 10

# The state, (rows, N). The last two follow from the log-odds, and are worked out once a month.
(
    COMPLIANCE, EXCHANGE, PRICES, HARDSHIP, SUPPRESSED, INCOME_LOSS, IMPORT_PRICE, GRIEVANCE, MASS, ELITE,
    ODDS_SANCTIONER, ODDS_TARGET, DEBT, COMMITMENTS, STANDS, MENACE, TROOPS, PENALISED, ALLY, UNION, JOINED, SENT,
    UNFRIENDLY, RETALIATED, ABANDONED, PURGED, CONCEDED, REPRESSED, CAPPED, OPINION_MAJORITY, OPINION_MINORITY,
    USUAL_SHARE, RUPTURE, BELIEF_SANCTIONER, BELIEF_TARGET,
) = range(35)  # fmt: skip
STATE_ROWS = 35
FIELDS = (
    ("compliance", COMPLIANCE), ("exchange", EXCHANGE), ("prices", PRICES), ("hardship", HARDSHIP),
    ("suppressed", SUPPRESSED), ("income_loss", INCOME_LOSS), ("import_price", IMPORT_PRICE),
    ("grievance", GRIEVANCE), ("debt", DEBT), ("commitments", COMMITMENTS), ("stands", STANDS), ("menace", MENACE),
    ("troops", TROOPS), ("penalised", PENALISED), ("ally", ALLY), ("union", UNION), ("joined", JOINED),
    ("sent", SENT), ("unfriendly", UNFRIENDLY), ("retaliated", RETALIATED), ("abandoned", ABANDONED),
    ("purged", PURGED), ("conceded", CONCEDED), ("repressed", REPRESSED), ("capped", CAPPED),
    ("usual_share", USUAL_SHARE), ("rupture", RUPTURE),
)  # fmt: skip
PAIRS = (("defection", MASS, ELITE), ("log_odds", ODDS_SANCTIONER, ODDS_TARGET),
         ("opinion", OPINION_MAJORITY, OPINION_MINORITY))  # fmt: skip

# Figures, (rows, N); the last ones are worked out once for the run.
(
    GDP, EXPORTS_WEST, EXPORTS_TARGET, EXPORTS_TOTAL, REMITTANCES, ENERGY, ROUTE_DEPENDENCE, SANCTIONED, PENALISABLE,
    RENTS, SELECTORATE, REPRESSION, INEQUALITY, MINORITY, CALM, CAPABILITY, STRENGTH, IDEAL_POINT, FIRST_ALLY,
    FIRST_UNION, THREAT, OUTSIDE_THREAT, NEIGHBOUR, COHORT, USUAL_MAJORITY, USUAL_MINORITY, STATED_COMPLIANCE,
    STATED_VOTE, STATED_LEAVING, STATED_JOINING, STATED_TROOPS, SINCERITY_PRIOR, SECESSION, DECIDED_YES, DECIDED_NO,
    USUAL_MENACE, WAY_INSIDE, WAY_OUTSIDE, OPENED, OPENED_EASED, RETALIATION_LOSS, TRADE_TARGET, TRADE_ALL,
) = range(43)  # fmt: skip
FIGURE_ROWS = 43
FIGURES = (
    ("gdp", GDP), ("exports_west", EXPORTS_WEST), ("exports_target", EXPORTS_TARGET),
    ("exports_total", EXPORTS_TOTAL), ("remittances", REMITTANCES), ("energy", ENERGY),
    ("route_dependence", ROUTE_DEPENDENCE), ("sanctioned", SANCTIONED), ("penalisable", PENALISABLE),
    ("rents", RENTS), ("selectorate_ratio", SELECTORATE), ("repression", REPRESSION), ("inequality", INEQUALITY),
    ("minority", MINORITY), ("calm", CALM), ("capability", CAPABILITY), ("strength", STRENGTH),
    ("ideal_point", IDEAL_POINT), ("ally", FIRST_ALLY), ("union", FIRST_UNION), ("threat", THREAT),
    ("outside_threat", OUTSIDE_THREAT), ("neighbour", NEIGHBOUR), ("cohort", COHORT),
    ("stated_compliance", STATED_COMPLIANCE), ("stated_vote", STATED_VOTE), ("stated_leaving", STATED_LEAVING),
    ("stated_joining", STATED_JOINING), ("stated_troops", STATED_TROOPS), ("sincerity_prior", SINCERITY_PRIOR),
    ("secession_exposure", SECESSION), ("decided_yes", DECIDED_YES), ("decided_no", DECIDED_NO),
)  # fmt: skip

# Figures with poles, (rows, P, N).
TRADE, IMPORTS, PREFERENCE, PROTECTION, AFFINITY, VALUE, BEYOND_WORLD = range(7)
WITH_POLES = (("trade", TRADE), ("imports", IMPORTS), ("preference", PREFERENCE), ("protection", PROTECTION),
              ("affinity", AFFINITY))  # fmt: skip
POLE_FIGURE_ROWS = 7
# Figures of poles, (rows, P).
BUDGET, POLE_CAPABILITY = range(2)

# Quantities of the month, (rows, N); NEXT_ rows, and the last four, hold what a stage writes until all of it has read.
(
    EVASION, EVASION_FREE, EVASION_FREE_VALUE, INFLATION, CAP_COST, EMERGENCY, REQUEST, INTERVENTION, STRICTER,
    OUTSIDE, FUEL, FUEL_BEFORE, PRICE_CAP, ROUTE_CLOSED, LEFT_SECURITY, LEFT_ECONOMIC, CHALLENGE, CONCESSION, FORCE,
    ACT, MEDIATION, MEDIATION_ACCEPTED, REFORM, PLEDGED, PLEDGED_SANCTIONS, EVIDENCE_SANCTIONER, EVIDENCE_TARGET,
    PULL_MASS, NEXT_COMPLIANCE, NEXT_ALLY, NEXT_UNION, NEXT_JOINED, NEXT_SENT, NEXT_PENALISED, NEXT_MENACE,
    NEXT_GRIEVANCE, NEXT_HARDSHIP, RELIEF, IMPOSED, GAVE_IN, NAMED,
) = range(41)  # fmt: skip
FLOW_ROWS = 41

# Quantities of the world in a month.
(WAR, RULE, ROUBLE, OIL, SANCTIONS, COORDINATED, TWIN_RISK, PATIENCE, STATES, UNSETTLED, TWIN_POINT) = range(
    11
)
WORLD_ROWS = 11

# Shocks of every month and decider, then those of the world in a month, then those of a run.
UNIFORM = (
    "rhetoric", "withdrawal", "request", "intervention", "acts", "mediation_accepted", "compliance",
    "penalty", "relief", "recognition_entity", "recognition", "leave_security", "leave_economic",
    "join_sanctions", "send_troops", "reform", "claim", "stand_firm", "force", "displeasure", "defiance",
    "impose", "retaliation_end", "designation", "twin",
)  # fmt: skip
NORMAL = ("exchange", "grievance")
(
    U_RHETORIC, U_WITHDRAWAL, U_REQUEST, U_INTERVENTION, U_ACTS, U_ACCEPTED, U_COMPLIANCE, U_PENALTY, U_RELIEF,
    U_ENTITY, U_RECOGNITION, U_LEAVE_SECURITY, U_LEAVE_ECONOMIC, U_JOIN, U_TROOPS, U_REFORM, U_CLAIM, U_STAND, U_FORCE,
    U_DISPLEASURE, U_DEFIANCE, U_IMPOSE, U_END, U_DESIGNATION, U_TWIN, Z_EXCHANGE, Z_GRIEVANCE,
) = range(27)  # fmt: skip
SHOCK_ROWS = 27
WORLD_NORMAL = ("rouble", "oil")
LOTS = ("war.ending", "war.month")

# The calendar, by decider and by pole, in the order of `state.BY_DECIDER` and `state.BY_POLE`.
(
    G_SECONDARY, G_FUEL, G_CAP, G_ROUTE, G_THREAT, G_CLAIM, G_RETALIATION, G_LEAVE_SECURITY, G_LEAVE_ECONOMIC, G_JOIN,
    G_TROOPS, G_ENFORCEMENT, G_OUTSIDE,
) = range(13)  # fmt: skip
G_TIED, G_CREDIBILITY, G_EFFORT, G_COORDINATION = range(4)

# Menus: rows of the divisors.
MENUS = (
    "alignment", "intervene", "request", "veto", "compliance", "vote", "recognition", "reform", "claim", "crisis",
    "threat", "retaliation", "designation", "leave_security", "leave_economic", "join_sanctions", "send_troops",
)  # fmt: skip
(
    M_ALIGNMENT, M_INTERVENE, M_REQUEST, M_VETO, M_COMPLIANCE, M_VOTE, M_RECOGNITION, M_REFORM, M_CLAIM, M_CRISIS,
    M_THREAT, M_RETALIATION, M_DESIGNATION, M_LEAVE_SECURITY, M_LEAVE_ECONOMIC, M_JOIN, M_TROOPS,
) = range(17)  # fmt: skip

# Explanations on occasions, in the order of `record.OCCASIONS`; then those of every month.
(W_REQUEST, W_RECOGNITION, W_ACTS, W_REFORM, W_LEAVE_SECURITY, W_LEAVE_ECONOMIC, W_JOIN, W_TROOPS, W_CRISIS,
 W_RETALIATION, W_ALIGNMENT, W_COMPLIANCE) = range(12)  # fmt: skip
WHY_ROWS = 12

# What is recorded of deciders, in single precision, then as small whole numbers; and of the world.
(
    O_HEDGING, O_COMPLIANCE, O_EXCHANGE, O_PRICES, O_MASS, O_ELITE, O_BELIEF_SANCTIONER, O_BELIEF_TARGET, O_DEBT,
    O_MENACE, O_COMMITMENTS, O_EVASION, O_EVASION_VALUE, O_INCOME_LOSS, O_CAP_COST, O_DISPLEASURE, O_ALIGNMENT,
) = range(17)  # fmt: skip
NUMBERS = (
    ("hedging_index", O_HEDGING, 1), ("compliance", O_COMPLIANCE, 1), ("exchange", O_EXCHANGE, 1),
    ("prices", O_PRICES, 1), ("defection", O_MASS, 2), ("belief", O_BELIEF_SANCTIONER, 2), ("debt", O_DEBT, 1),
    ("menace", O_MENACE, 1), ("commitments", O_COMMITMENTS, 1), ("evasion", O_EVASION, 1),
    ("evasion_value", O_EVASION_VALUE, 1), ("income_loss", O_INCOME_LOSS, 1), ("cap_cost", O_CAP_COST, 1),
    ("displeasure", O_DISPLEASURE, 1),
)  # fmt: skip
FLAGS = (
    "troops", "penalised", "emergency", "request", "intervention", "rupture", "left_security", "left_economic",
    "joined", "sent", "unfriendly", "retaliated", "challenge", "concession", "force", "act", "mediation",
    "mediation_accepted", "reform",
)  # fmt: skip
WORLD_NUMBERS = ("twin_risk", "rule", "patience_needed", "cohesion", "states")
# How many alternatives a choice may have at most.
WIDE = 64
