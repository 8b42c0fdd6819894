"""The rubric `party-building` and the facts that it reads, as SQL that all three peers understand.

Polars, DuckDB and Spark each make their own columns and plans of these expressions, so what is
compared is engines and not how well somebody translated sixty rules three times. As in the rule
pack (derive/*.yaml, rubrics/party-building.yaml) what is missing is unknown: NULL.
"""

from __future__ import annotations

from datetime import date


def choose(condition: str, then: str, otherwise: str) -> str:
    """One of two, unknown where the condition is."""
    return f"case when {condition} then {then} when not ({condition}) then {otherwise} end"


def rules(*pairs: tuple[str, str], otherwise: str, skip: bool = False) -> str:
    """The first rule that holds; unknown once one is unknown, unless those are skipped."""
    branches = []
    for condition, then in pairs:
        branches.append(f"when {condition} then {then}")
        if not skip:
            branches.append(f"when ({condition}) is null then null")
    return f"case {' '.join(branches)} else {otherwise} end"


def lesser(one: str, other: str) -> str:
    """What `least` would pass over where one is unknown."""
    return f"case when {one} < {other} then {one} when {one} >= {other} then {other} end"


def before(day: str, months: int) -> str:
    """The day so many months earlier, as a SQL date."""
    at = date.fromisoformat(day)
    years, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    for last in (at.day, 30, 29, 28):
        try:
            return f"date '{date(years, month + 1, last)}'"
        except ValueError:
            continue
    raise ValueError(day)


def listing_in_use(day: str) -> str:
    """Synthetic lists name no repairs, of which the rule pack asks, too."""
    return f"(listed_on <= date '{day}' and not coalesce(removed_on <= date '{day}', false))"


def serious_listing(day: str) -> str:
    kinds = "'serious', 'so_serious', 'court', 'environment', 'labour', 'safety'"
    return f"({listing_in_use(day)} and listing_kind in ({kinds}))"


def penalty_in_use(day: str) -> str:
    return (f"(penalty_kind <> 'warning' and decided_on <= date '{day}'"
            f" and not coalesce(repaired_on <= date '{day}', false)"
            f" and coalesce(use_until >= date '{day}', decided_on > {before(day, 36)}))")


def inspected_lately(day: str) -> str:
    return f"(concluded_on > {before(day, 18)} and party_item is not null)"


def facts(day: str, public: list[str]) -> list[dict[str, str]]:
    """Facts of a unit, in steps: those of a step read delivered fields and earlier steps."""
    counted = " + ".join(
        f"({lesser(name + '_held', name + '_due')})"
        for name in ("member_meetings", "committee_meetings", "group_meetings", "lectures"))
    return [{
        "kind": "case left(uscc, 2) when '51' then 'social_group'"
                " when '52' then 'private_non_enterprise' when '53' then 'foundation'"
                " when '31' then 'law_firm' when '92' then 'individual'"
                " when '93' then 'cooperative' when '91' then 'enterprise' else 'other' end",
        "organization_form": "organization_way",
        "current_listings": "coalesce(current_listings, 0)",
        "seriously_listed": "coalesce(seriously_listed, false)",
        "penalties_in_use": "coalesce(penalties_in_use, 0)",
        "inspected_lately": choose(
            "(coalesce(inspections, 0) > 0)", "inspected_lately", "false"),
        "size_class": rules(("employees >= 1000", "'large'"), ("employees >= 300", "'medium'"),
                            ("employees >= 20", "'small'"), otherwise="'micro'"),
        "cultivated": "trained_cadres + developed_members + activists",
        "pilot_posts": "model_posts + pioneer_posts + duty_areas",
    }, {
        "is_social": "kind in ('social_group', 'private_non_enterprise', 'foundation')",
        "is_inspected": "kind in ('social_group', 'private_non_enterprise', 'foundation',"
                        " 'law_firm')",
        "in_scope": "not coalesce(kind in ('enterprise', 'other') and entity_type in"
                    f" ({', '.join(map(repr, public))}), false)",
        "organization_covered":
            "organization_form in ('single', 'joint', 'area', 'functional')",
        "should_build": "full_members >= 3 and organization_form in ('functional', 'none')",
        "dues_settled": "organization_form in ('functional', 'none') or dues_returned >= dues_paid",
    }, {
        "work_covered": "organization_covered or instructor or liaison or labour_union"
                        " or youth_league or women_federation",
        "organization_sound":
            "case when organization_form <> 'single' then true"
            " when organization_form is null then null"
            " when full_members > 100 and organization_level <> 'committee' then false"
            " when full_members > 50 and organization_level in"
            " ('branch', 'joint_branch', 'temporary_branch', 'functional_branch') then false"
            f" when term_to < date '{day}' then false"
            " when full_members is not null then true end",
        "responsible_committee": rules(
            ("kind = 'law_firm'", "'lawyers'"), ("internet_roster", "'internet'"),
            ("is_social", "'social'"), ("industry = 'I64'", "'internet'"),
            ("kind in ('enterprise', 'individual', 'cooperative')", "'nonpublic'"),
            otherwise="'unrouted'", skip=True),
        "compliance": rules(
            ("coalesce(charity, false) and last_conclusion is null"
             f" and filed_on > {before(day, 12)}", "'good'"),
            ("is_inspected and last_conclusion = 'qualified'", "'good'"),
            ("is_inspected and last_conclusion = 'basic'", "'fair'"),
            ("is_inspected", "'poor'"), ("tax_level in ('A', 'B', 'M')", "'good'"),
            ("tax_level = 'C'", "'fair'"), otherwise="'poor'"),
        "party_filing_complete": choose(
            "is_inspected", "(coalesce(charity, false) or inspected_lately)",
            choose(f"filed_on > {before(day, 12)}",
                   "(party_members_reported is not null"
                   " and reported_organization_level is not null)", "false")),
        "life_due": choose(
            "organization_covered",
            "member_meetings_due + committee_meetings_due + group_meetings_due + lectures_due",
            "guidance_visits_due"),
        "life_held": choose("organization_covered", counted, "guidance_visits_held"),
    }, {
        "organization_fit": rules(
            ("organization_form = 'single'", "'fit'"),
            ("organization_covered and full_members < 3", "'fit'"),
            ("organization_form in ('joint', 'area') and full_members >= 3", "'acceptable'"),
            ("work_covered and full_members < 3", "'fit'"), otherwise="'unfit'"),
    }]


# What the rubric reads, and nothing else: the columns that DuckDB is handed.
READ = """
    kind size_class registration_state full_members responsible_committee supervisor_kind
    organization_form organization_fit organization_covered organization_sound work_covered
    should_build head_trained instructor liaison dual_entry liaison_from_management cultivated
    pilot_posts charter_clause venue funds_in_budget dues_settled standard_adopted life_held
    life_due theme_days_held theme_days_due organization_life_held democratic_review_held
    service_review_held party_filing_complete current_listings seriously_listed compliance
    labour_union youth_league women_federation wage_arrears contributions owner_support_documents
    penalties_in_use innovations""".split()


def given(condition: str, points: int) -> str:
    return f"cast(({condition}) as int) * {points}"


def worth(fact: str, **points: int) -> str:
    branches = (f"when '{code}' then {count}" for code, count in points.items())
    return f"case {fact} {' '.join(branches)} end"


def share(points: int, held: str, due: str) -> str:
    """Halves are rounded up, exactly: no quotient of such integers rounds up to a whole one."""
    part = f"({lesser(held, due)})"
    return (f"case when {due} > 0 then"
            f" cast(floor(({2 * points} * {part} + {due}) / (2 * {due})) as int) end")


# Tenths of points: an indicator's most, and what it gives.
INDICATORS = {
    "S1": (20, given("responsible_committee <> 'unrouted'", 20)),
    "S2": (20, given("supervisor_kind <> 'none'", 20)),
    "S3": (80, worth("organization_fit", fit=80, acceptable=50, unfit=0)),
    "S4": (50, given("work_covered", 50)),
    "S5": (30, given("organization_sound", 30)),
    "T1": (50, given("head_trained", 50)),
    "T2": (40, given("organization_form = 'single' or instructor or liaison", 40)),
    "T3": (50, given("dual_entry or (full_members < 3 and liaison_from_management)", 50)),
    "T4": (30, given("cultivated >= 1", 30)),
    "T5": (30, given("pilot_posts >= 1", 30)),
    "B1": (50, given("charter_clause", 50)),
    "B2": (50, worth("venue", own=50, shared=50, none=0)),
    "B3": (40, given("funds_in_budget", 40)),
    "B4": (30, given("dues_settled", 30)),
    "B5": (30, given("standard_adopted", 30)),
    "R1": (80, share(80, "life_held", "life_due")),
    "R2": (40, share(40, "theme_days_held", "theme_days_due")),
    "R3": (40, given(choose("organization_covered",
                            "(organization_life_held and democratic_review_held)",
                            "service_review_held"), 40)),
    "R4": (40, given("party_filing_complete", 40)),
    "Z1": (60, given("current_listings = 0", 60)),
    "Z2": (40, worth("compliance", good=40, fair=20, poor=0)),
    "Z3": (30, given("labour_union or youth_league or women_federation", 30)),
    "Z4": (30, given("not wage_arrears", 30)),
    "Z5": (20, given("contributions >= 1", 20)),
    "Z6": (20, given("owner_support_documents >= 1", 20)),
}
OTHERS = {"D1": f"-20 * ({lesser('penalties_in_use', '3')})",
          "N1": f"5 * ({lesser('innovations', '4')})"}
POINTS = {name: points for name, (_, points) in INDICATORS.items()} | OTHERS
FULL, MOST, ENOUGH = 1000, 1020, 600

TOTALS = {
    "score": "least(greatest("
             + " + ".join(f"coalesce({name}, 0)" for name in POINTS) + f", 0), {MOST})",
    "assessed": " + ".join(
        f"case when {name} is null then 0 else {most} end"
        for name, (most, _) in INDICATORS.items()),
    "withheld": " or ".join(
        f"{name} is null" for name in [*POINTS, "should_build", "seriously_listed"]),
}
RESULTS = {
    "status": "case when registration_state <> 'active' then 'gated'"
              " when registration_state is null then 'pending'"
              f" when assessed < {ENOUGH} then 'not-evaluable'"
              " when withheld then 'provisional' else 'ranked' end",
    "tier": "case when seriously_listed or score < 600 then 'D'"
            " when should_build or score < 750 then 'C' when score < 900 then 'B' else 'A' end",
}
CODES = ["kind", "size_class", "registration_state", "responsible_committee", "supervisor_kind",
         "organization_form", "organization_fit", "venue", "compliance"]


def select(columns: dict[str, str]) -> str:
    return ", ".join(f"{expression} as {name}" for name, expression in columns.items())


# The same as one statement, for the engines that take statements; `units` holds subject and READ.
SCORES = f"""
    with given as (select subject, kind, size_class, registration_state, should_build,
                          seriously_listed, {select(POINTS)} from units),
         totals as (select *, {select(TOTALS)} from given),
         results as (select *, {select(RESULTS)} from totals)
    select subject, status, score, tier, kind, size_class from results"""
RANKS = f"""
    with scores as ({SCORES})
    select subject, status, score, tier,
           case when status in ('ranked', 'provisional') then rank() over (
             partition by kind, size_class, status in ('ranked', 'provisional')
             order by score desc) end as place
    from scores"""
