"""The floor of a report: the same counts in bare SQL, one statement a figure, written from the definitions.

*:heir* is the commune as it is called now, *:first* and *:last* are the days; those of patrols are moments.
"""

from collections.abc import Iterator

COMMUNES = "commune_id IN (SELECT id FROM unit WHERE heir_id = :heir)"
SENTENCES = (
    "'suspended_sentence', 'conditional_release', 'non_custodial_reform', 'residence_supervision', 'residence_ban'"
)
CASE = f"""c.{COMMUNES} AND c.state IN ('open', 'suspended', 'closing', 'closed') AND c.voided_at IS NULL
    AND c.person_id NOT IN (SELECT id FROM person WHERE voided_at IS NOT NULL)
    AND c.supervising_unit_id NOT IN (SELECT id FROM unit WHERE kind = 'military')"""
RUNS = "c.received_on <= :last AND (c.closed_on IS NULL OR c.closed_on > :last)"
INCIDENT = f"""i.{COMMUNES} AND i.voided_at IS NULL AND (i.occurred_on BETWEEN :first AND :last
    OR i.occurred_on IS NULL AND i.detected_on BETWEEN :first AND :last)"""
SUBJECTS = """JOIN incident_person s ON s.incident_id = i.id AND s.role = 'subject' AND s.voided_at IS NULL
    LEFT JOIN person p ON p.id = s.person_id"""
EACH_SUBJECT = "DISTINCT CASE WHEN p.id IS NULL THEN 'line:' || s.id ELSE i.id || ':' || p.identity END"
POLICE, OTHERS = "i.detected_by = 'commune_police'", "i.detected_by <> 'commune_police'"
SECURITY = {
    "": "1", ".commune_police": POLICE, ".other_forces": OTHERS,
    ".commune_police.administrative": f"{POLICE} AND i.outcome = 'administrative' AND i.outcome_on <= :last",
    ".commune_police.drug_use": f"{POLICE} AND i.category = 'drug_use'",
    ".commune_police.fireworks": f"{POLICE} AND i.category = 'fireworks'",
    ".other_forces.drug_possession": f"{OTHERS} AND i.category = 'drug_possession'",
}  # fmt: skip
REVIEWED = f"""JOIN person p ON p.id = t.person_id WHERE t.{COMMUNES} AND t.voided_at IS NULL AND p.voided_at IS NULL"""
TESTED = "t.context = 'review' AND t.taken_on BETWEEN :first AND :last"
FINED = f"""FROM fine_decision t JOIN drug_test d ON d.id = t.test_id {REVIEWED} AND d.voided_at IS NULL
    AND d.context = 'review' AND t.decided_on BETWEEN :first AND :last
    AND (t.annulled_on IS NULL OR t.annulled_on > :last)"""
TEAM = f"""t.{COMMUNES} AND t.voided_at IS NULL AND t.established_on <= :last
    AND (t.dissolved_on IS NULL OR t.dissolved_on > :last)"""
SERVES = "m.voided_at IS NULL AND m.joined_on <= :last AND (m.left_on IS NULL OR m.left_on > :last)"
MEMBERS = f"SELECT count(DISTINCT coalesce(m.same_as_id, m.id)) FROM team_member m JOIN security_team t ON t.id = m.team_id WHERE {SERVES} AND {TEAM}"
STRENGTHENED = """t.kind = 'civil_defence' AND (t.established_on BETWEEN :first AND :last OR EXISTS (SELECT 1
    FROM reorganisation r WHERE r.team_id = t.id AND r.voided_at IS NULL
    AND r.reorganised_on BETWEEN :first AND :last))"""
VILLAGE = f"""{COMMUNES} AND kind = 'village' AND voided_at IS NULL AND valid_from <= :last
    AND (valid_to IS NULL OR valid_to >= :last)"""
TOTALS = f"""FROM village_stat v WHERE v.{COMMUNES} AND v.voided_at IS NULL AND v.as_of <= :last
    AND v.village_id IN (SELECT id FROM unit WHERE {VILLAGE}) AND NOT EXISTS (SELECT 1 FROM village_stat l
    WHERE l.village_id = v.village_id AND l.{COMMUNES} AND l.voided_at IS NULL AND l.as_of <= :last
    AND (l.as_of > v.as_of OR l.as_of = v.as_of AND l.id > v.id))"""
PLEDGE = f"""FROM pledge g JOIN pledge_campaign a ON a.id = g.campaign_id WHERE g.{COMMUNES} AND g.voided_at IS NULL
    AND a.voided_at IS NULL AND g.signed_on BETWEEN :first AND :last
    AND (g.withdrawn_on IS NULL OR g.withdrawn_on > :last)
    AND NOT EXISTS (SELECT 1 FROM household h WHERE h.id = g.household_id AND h.voided_at IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM establishment e WHERE e.id = g.establishment_id AND e.voided_at IS NOT NULL)"""
PATROL = f"""SELECT count(*) FROM patrol WHERE {COMMUNES} AND voided_at IS NULL AND started_at >= :first_at
    AND started_at < :after AND state IN ('logged', 'countersigned', 'disputed', 'closed')"""
SESSION = f"FROM outreach_session WHERE {COMMUNES} AND voided_at IS NULL AND state = 'held' AND held_on BETWEEN :first AND :last"
FACE_TO_FACE = """form IN ('flag_ceremony', 'village_meeting', 'launch', 'school', 'workplace', 'mobile_campaign',
    'festival', 'household_visit_round')"""
DIRECTIVES = f"""SELECT count(*) FROM official_document d WHERE {COMMUNES} AND voided_at IS NULL
    AND direction = 'outgoing' AND number <> '' AND dated_on BETWEEN :first AND :last AND category = 'directive'
    AND (issued_by <> 'unit' OR unit_id IN (SELECT id FROM unit WHERE kind IN ('committee', 'commune')))
    AND (afterwards <> '' AND vouched_by_id IS NOT NULL OR EXISTS (SELECT 1 FROM attachment a
    WHERE a.document_id = d.id AND a.kind = 'signed_page' AND a.voided_at IS NULL))"""


def _of(table: str, day: str, more: str = "1", what: str = "count(*)") -> str:
    """Records of a table of the days of the period, each counted for itself."""
    return f"SELECT {what} FROM {table} WHERE {COMMUNES} AND voided_at IS NULL AND {day} BETWEEN :first AND :last AND {more}"


def _standing(table: str, begun: str, ended: str) -> str:
    return f"""SELECT count(*) FROM {table} WHERE {COMMUNES} AND voided_at IS NULL AND {begun} <= :last
        AND ({ended} IS NULL OR {ended} > :last)"""


def _cases() -> Iterator[tuple[str, str]]:
    people = f'SELECT count(DISTINCT p.identity) FROM "case" c JOIN person p ON p.id = c.person_id WHERE {CASE}'
    yield (
        "cases.community.received",
        f"""SELECT count(*) FROM "case" c WHERE {CASE} AND c.type IN ({SENTENCES})
        AND c.received_on BETWEEN :first AND :last""",
    )
    yield "cases.community.serving", f"{people} AND c.type IN ({SENTENCES}) AND {RUNS}"
    for kind in SENTENCES.split(", "):
        yield f"cases.community.serving_{kind[1:-1]}", f"{people} AND c.type = {kind} AND {RUNS}"
    yield (
        "cases.community.self_reports",
        f"""SELECT count(*) FROM check_in k JOIN "case" c ON c.id = k.case_id
        WHERE {CASE} AND c.type IN ({SENTENCES}) AND k.state = 'received' AND k.voided_at IS NULL
        AND k.received_on BETWEEN :first AND :last AND NOT EXISTS (SELECT 1 FROM check_in e
        WHERE e.case_id = k.case_id AND e.month = k.month AND e.state = 'received' AND e.voided_at IS NULL
        AND e.received_on >= :first
        AND (e.received_on < k.received_on OR e.received_on = k.received_on AND e.id < k.id))""",
    )
    yield (
        "cases.community.law_violations",
        f"""SELECT count(*) FROM violation v JOIN "case" c ON c.id = v.case_id
        WHERE {CASE} AND c.type IN ({SENTENCES}) AND v.kind = 'law' AND v.voided_at IS NULL
        AND v.occurred_on BETWEEN :first AND :last""",
    )
    yield (
        "reintegration.managed",
        f"""{people} AND c.type = 'reintegration' AND c.received_on <= :last
        AND (c.closed_on IS NULL OR c.closed_on > :first)""",
    )
    yield (
        "drugs.management_decisions",
        f"""SELECT count(*) FROM "case" c WHERE {CASE}
        AND c.type = 'drug_user_management' AND c.decision_on BETWEEN :first AND :last""",
    )


def _incidents() -> Iterator[tuple[str, str]]:
    security = "i.kind = 'security'"
    for name, narrowed in SECURITY.items():
        told = f"WHERE {INCIDENT} AND {security} AND {narrowed}"
        yield f"incidents.security{name}.cases", f"SELECT count(*) FROM incident i {told}"
        yield f"incidents.security{name}.persons", f"SELECT count({EACH_SUBJECT}) FROM incident i {SUBJECTS} {told}"
    for kind in ("traffic", "fire", "labour"):
        yield f"incidents.{kind}.cases", f"SELECT count(*) FROM incident i WHERE {INCIDENT} AND i.kind = '{kind}'"
    for name, kind, column in (
        ("traffic.deaths", "traffic", "deaths"), ("traffic.injured", "traffic", "injured"),
        ("labour.deaths", "labour", "deaths"), ("fire.property_loss_vnd", "fire", "property_vnd"),
    ):  # fmt: skip
        yield (
            f"incidents.{name}",
            f"""SELECT coalesce(sum(i.{column}), 0) FROM incident i WHERE {INCIDENT}
            AND i.kind = '{kind}'""",
        )
    yield (
        "incidents.traffic.motorbikes_damaged",
        f"""SELECT coalesce(sum(v.quantity), 0) FROM incident i
        JOIN incident_vehicle v ON v.incident_id = i.id WHERE {INCIDENT} AND i.kind = 'traffic'
        AND v.kind = 'motorbike' AND v.harm IN ('damaged', 'destroyed') AND v.voided_at IS NULL""",
    )
    yield (
        "incidents.seizures.methamphetamine_g",
        f"""SELECT coalesce(sum(z.grams), 0) / 1000.0 FROM incident i
        JOIN seizure z ON z.incident_id = i.id WHERE {INCIDENT} AND z.substance = 'methamphetamine'
        AND z.voided_at IS NULL""",
    )
    yield "tips.valuable", _of("tip", "received_on", "assessment = 'valuable'")
    yield "tip_boxes.installed", _of("tip_box", "installed_on")
    yield "tip_boxes.installed_village_halls", _of("tip_box", "installed_on", "place_kind = 'village_hall'")
    yield "tip_boxes.installed_police_station", _of("tip_box", "installed_on", "place_kind = 'police_station'")


def _drugs() -> Iterator[tuple[str, str]]:
    people = "SELECT count(DISTINCT p.identity) FROM"
    yield (
        "drugs.review_list.persons",
        f"""{people} drug_review_entry t {REVIEWED}
        AND t.listed_on BETWEEN :first AND :last""",
    )
    yield (
        "drugs.review_tests.persons",
        f"""{people} drug_test t {REVIEWED} AND {TESTED}
        AND t.result IN ('positive', 'negative')""",
    )
    yield (
        "drugs.review_tests.positive_persons",
        f"{people} drug_test t {REVIEWED} AND {TESTED} AND t.result = 'positive'",
    )
    yield (
        "drugs.review_tests.negative_persons",
        f"""{people} drug_test t {REVIEWED} AND {TESTED}
        AND t.result = 'negative' AND p.identity NOT IN (SELECT p.identity FROM drug_test t {REVIEWED} AND {TESTED}
        AND t.result = 'positive')""",
    )
    yield "drugs.review_fines.persons", f"SELECT count(DISTINCT p.identity) {FINED}"
    yield "drugs.review_fines.amount_vnd", f"SELECT coalesce(sum(t.amount_vnd), 0) {FINED}"


def _forces() -> Iterator[tuple[str, str]]:
    yield "cameras.new", _of("camera", "installed_on")
    yield "cameras.total", _standing("camera", "installed_on", "removed_on")
    villages = f"SELECT count(DISTINCT t.village_id) FROM security_team t WHERE {TEAM}"
    for kind in ("security", "people_security", "interfamily_fire"):
        yield f"teams.{kind}.villages", f"{villages} AND t.kind = '{kind}'"
        yield f"teams.{kind}.members", f"{MEMBERS} AND t.kind = '{kind}'"
    yield "teams.civil_defence.teams", f"SELECT count(*) FROM security_team t WHERE {TEAM} AND t.kind = 'civil_defence'"
    yield "teams.civil_defence.members", f"{MEMBERS} AND t.kind = 'civil_defence'"
    yield "teams.civil_defence.strengthened_villages", f"{villages} AND {STRENGTHENED}"
    yield "teams.civil_defence.strengthened_members", f"{MEMBERS} AND {STRENGTHENED}"


def _pledges() -> Iterator[tuple[str, str]]:
    for kind, whom in (("drug_free", "household"), ("fire_safety", "household"), ("fire_safety", "establishment"),
                       ("fireworks", "household")):  # fmt: skip
        yield f"pledges.{kind}.{whom}s", f"SELECT count(DISTINCT g.{whom}_id) {PLEDGE} AND a.kind = '{kind}'"


def _others() -> Iterator[tuple[str, str]]:
    yield "documents.directives_issued", DIRECTIVES
    for name, kind in (("coordination", "coordination"), ("interim_reviews", "interim_review"),
                     ("annual_reviews", "annual_review")):  # fmt: skip
        yield (
            f"meetings.{name}.held",
            _of(
                "meeting",
                "held_on",
                f"""kind = '{kind}'
            AND state IN ('held', 'minutes_drafted', 'minutes_approved', 'closed')""",
            ),
        )
    yield "models.running", _standing("model", "launched_on", "ended_on")
    yield (
        "models.trained_attendance",
        f"""SELECT coalesce(sum(t.count), 0) FROM model_training t
        JOIN model m ON m.id = t.model_id WHERE m.{COMMUNES} AND m.voided_at IS NULL AND t.voided_at IS NULL
        AND t.held_on BETWEEN :first AND :last""",
    )
    yield "commendations.given", _of("commendation", "given_on")
    yield "outreach.sessions", f"SELECT count(*) {SESSION} AND {FACE_TO_FACE}"
    yield "outreach.attendance", f"SELECT coalesce(sum(attendance), 0) {SESSION} AND {FACE_TO_FACE}"
    yield "outreach.social_media_reach", f"SELECT coalesce(sum(attendance), 0) {SESSION} AND form = 'social_media'"
    for name, kind in (("leaflets", "leaflet"), ("banners", "banner")):
        yield f"outreach.{name}", _of("material", "distributed_on", f"kind = '{kind}'", "coalesce(sum(quantity), 0)")
    for kind in ("order", "border"):
        yield f"patrols.{kind}.count", f"{PATROL} AND kind = '{kind}'"
        yield f"patrols.{kind}.with_violations", f"{PATROL} AND kind = '{kind}' AND violations_found > 0"
    for of_type in ("flintlock_guns", "alcohol_guns", "electric_batons", "knives_swords", "handcuffs"):
        yield (
            f"weapons.{of_type}",
            f"""SELECT coalesce(sum(w.quantity), 0) FROM weapon_item w
            JOIN weapon_handover h ON h.id = w.handover_id WHERE w.weapon_type = '{of_type}' AND w.voided_at IS NULL
            AND h.{COMMUNES} AND h.voided_at IS NULL AND h.handed_over_on BETWEEN :first AND :last""",
        )


def _profile() -> Iterator[tuple[str, str]]:
    yield "profile.villages", f"SELECT count(*) FROM unit WHERE {VILLAGE}"
    for name in ("households", "persons", "minority_households", "minority_persons", "religious_households",
                 "religious_persons"):  # fmt: skip
        yield f"profile.{name}", f"SELECT coalesce(sum(v.{name}), 0) {TOTALS}"
    yield (
        "profile.minority_share_pct",
        f"""SELECT cast(100.0 * sum(v.minority_persons) / nullif(sum(v.persons), 0)
        + 0.5 AS INTEGER) {TOTALS}""",
    )


STATEMENTS = dict(
    statement for told in (_cases, _incidents, _drugs, _forces, _pledges, _others, _profile) for statement in told()
)
