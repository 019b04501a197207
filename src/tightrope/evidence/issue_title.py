"""What issues are called in a sentence."""

from __future__ import annotations

from types import MappingProxyType

TITLES = MappingProxyType(
    {
        "recognise_dnr_lnr": "recognition of the Donetsk and Luhansk people's republics",
        "recognise_crimea_annexation": "recognition of Crimea's annexation",
        "recognise_south_ossetia_abkhazia": "recognition of South Ossetia and Abkhazia",
        "territorial_integrity_ukraine": "Ukraine's territorial integrity",
        "condemn_russia": "condemning Russia",
        "condemn_russia_unga": "condemning Russia in the General Assembly",
        "join_sanctions": "joining the sanctions",
        "help_evade_sanctions": "help around the sanctions",
        "secondary_sanctions_on_kazakhstan": "secondary sanctions on Kazakhstan",
        "send_troops": "sending troops",
        "humanitarian_aid_ukraine": "humanitarian aid to Ukraine",
        "support_ukraine": "support of Ukraine",
        "negotiated_settlement": "a negotiated settlement",
        "neutral_status_ukraine": "a neutral status of Ukraine",
        "neutrality_ukraine_war": "neutrality in the war on Ukraine",
        "war_on_ukraine": "the war on Ukraine",
        "align_with_russia": "alignment with Russia",
        "multi_vector_policy": "a multi-vector foreign policy",
        "csto_intervention_jan2022": "the CSTO's intervention of January 2022",
        "right_of_secession": "a right of secession",
        "claims_on_north_kazakhstan": "claims on northern Kazakhstan",
        "kazakh_statehood": "Kazakhstan's statehood",
        "russian_minority_mistreated": "whether the Russian minority is mistreated",
        "hold_victory_day_2022": "holding the Victory Day parade of 2022",
        "russia_losing_post_soviet_space": "whether Russia is losing the post-Soviet space",
        "western_expansion_central_asia": "expansion of the West into Central Asia",
        "russia_china_cooperation": "cooperation of Russia and China",
        "tokayev_words_sincere": "whether Tokayev means what he says",
        "nazarbayev_influence": "Nazarbayev's influence",
        "domestic_reform": "reform at home",
        "reforms_genuine": "whether the reforms are genuine",
        "energy_price_cap": "a price cap on energy",
        "us_bioweapons_claim": "the claim of American biological weapons",
    }
)


def title(issue: str) -> str:
    """What an issue is called: by the table, else from its id.

    >>> title("join_sanctions"), title("recognise_kosovo"), title("open_the_port")
    ('joining the sanctions', 'recognition of Kosovo', 'open the port')
    """
    if issue in TITLES:
        return TITLES[issue]
    verb, _, entity = issue.partition("_")
    words = issue.replace("_", " ")
    return f"recognition of {entity.replace('_', ' ').title()}" if verb == "recognise" and entity else words
