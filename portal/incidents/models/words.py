"""The catalogues of what happens in a commune: kinds of incidents, who found them, what became of them."""

import enum

from portal.engine.text import _l


class IncidentKind(enum.StrEnum):
    SECURITY = "security"
    TRAFFIC = "traffic"
    FIRE = "fire"
    LABOUR = "labour"
    OTHER = "other"


KIND_NAMES = {
    IncidentKind.SECURITY: _l("Security and order"),
    IncidentKind.TRAFFIC: _l("Traffic accident"),
    IncidentKind.FIRE: _l("Fire or explosion"),
    IncidentKind.LABOUR: _l("Labour accident"),
    IncidentKind.OTHER: _l("Another incident"),
}


class Offence(enum.StrEnum):
    """What a security incident is about."""

    THEFT = "theft"
    ROBBERY = "robbery"
    FRAUD = "fraud"
    GAMBLING = "gambling"
    ASSAULT = "assault"
    DISORDER = "disorder"
    DAMAGE = "damage"
    DRUG_USE = "drug_use"
    DRUG_POSSESSION = "drug_possession"
    DRUG_TRADE = "drug_trade"
    FIREWORKS = "fireworks"
    WEAPONS = "weapons"
    BORDER = "border"
    SMUGGLING = "smuggling"
    OTHER = "other"


OFFENCE_NAMES = {
    Offence.THEFT: _l("Theft"),
    Offence.ROBBERY: _l("Robbery"),
    Offence.FRAUD: _l("Fraud"),
    Offence.GAMBLING: _l("Gambling"),
    Offence.ASSAULT: _l("Assault, intentional injury"),
    Offence.DISORDER: _l("Disturbance of public order"),
    Offence.DAMAGE: _l("Damage to property"),
    Offence.DRUG_USE: _l("Illegal use of drugs"),
    Offence.DRUG_POSSESSION: _l("Illegal possession of drugs"),
    Offence.DRUG_TRADE: _l("Illegal trade or transport of drugs"),
    Offence.FIREWORKS: _l("Illegal use of fireworks"),
    Offence.WEAPONS: _l("Illegal weapons or explosives"),
    Offence.BORDER: _l("Illegal crossing of the border"),
    Offence.SMUGGLING: _l("Smuggling, trade fraud"),
    Offence.OTHER: _l("Another violation"),
}


class Agency(enum.StrEnum):
    """By whom an incident was found, received or dealt with."""

    COMMUNE_POLICE = "commune_police"
    VILLAGE_TEAM = "village_team"
    BORDER_GUARD = "border_guard"
    MILITARY = "military"
    DISTRICT_POLICE = "district_police"
    PROVINCE_POLICE = "province_police"
    POLICE_ELSEWHERE = "police_elsewhere"
    OTHER = "other"


AGENCY_NAMES = {
    Agency.COMMUNE_POLICE: _l("Commune police"),
    Agency.VILLAGE_TEAM: _l("Village security team"),
    Agency.BORDER_GUARD: _l("Border guard"),
    Agency.MILITARY: _l("Military command"),
    Agency.DISTRICT_POLICE: _l("District police"),
    Agency.PROVINCE_POLICE: _l("Province police"),
    Agency.POLICE_ELSEWHERE: _l("Police of another place"),
    Agency.OTHER: _l("Another force"),
}


class Outcome(enum.StrEnum):
    """What became of an incident."""

    PENDING = "pending"
    ADMINISTRATIVE = "administrative"
    CRIMINAL = "criminal"
    PASSED_ON = "passed_on"
    MEDIATED = "mediated"
    NO_ACTION = "no_action"


OUTCOME_NAMES = {
    Outcome.PENDING: _l("Being dealt with"),
    Outcome.ADMINISTRATIVE: _l("Administrative fine"),
    Outcome.CRIMINAL: _l("Criminal case"),
    Outcome.PASSED_ON: _l("Passed on to another authority"),
    Outcome.MEDIATED: _l("Settled by mediation"),
    Outcome.NO_ACTION: _l("No action taken"),
}


class IncidentRole(enum.StrEnum):
    SUBJECT = "subject"
    VICTIM = "victim"
    WITNESS = "witness"
    OTHER = "other"


ROLE_NAMES = {
    IncidentRole.SUBJECT: _l("Subject of the incident"),
    IncidentRole.VICTIM: _l("Victim"),
    IncidentRole.WITNESS: _l("Witness"),
    IncidentRole.OTHER: _l("Otherwise involved"),
}


class Substance(enum.StrEnum):
    METHAMPHETAMINE = "methamphetamine"
    HEROIN = "heroin"
    CANNABIS = "cannabis"
    KETAMINE = "ketamine"
    MDMA = "mdma"
    OPIUM = "opium"
    FIREWORKS = "fireworks"
    OTHER = "other"


SUBSTANCE_NAMES = {
    Substance.METHAMPHETAMINE: _l("Methamphetamine"),
    Substance.HEROIN: _l("Heroin"),
    Substance.CANNABIS: _l("Cannabis"),
    Substance.KETAMINE: _l("Ketamine"),
    Substance.MDMA: _l("MDMA (ecstasy)"),
    Substance.OPIUM: _l("Opium"),
    Substance.FIREWORKS: _l("Fireworks"),
    Substance.OTHER: _l("Another thing"),
}


class VehicleKind(enum.StrEnum):
    MOTORBIKE = "motorbike"
    CAR = "car"
    TRUCK = "truck"
    COACH = "coach"
    FARM = "farm"
    BICYCLE = "bicycle"
    OTHER = "other"


VEHICLE_NAMES = {
    VehicleKind.MOTORBIKE: _l("Motorbike"),
    VehicleKind.CAR: _l("Car"),
    VehicleKind.TRUCK: _l("Lorry"),
    VehicleKind.COACH: _l("Coach or bus"),
    VehicleKind.FARM: _l("Tractor or farm vehicle"),
    VehicleKind.BICYCLE: _l("Bicycle"),
    VehicleKind.OTHER: _l("Another vehicle"),
}


class Harm(enum.StrEnum):
    """In which state a vehicle was left."""

    NONE = "none"
    DAMAGED = "damaged"
    DESTROYED = "destroyed"


HARM_NAMES = {
    Harm.NONE: _l("Not damaged"),
    Harm.DAMAGED: _l("Damaged"),
    Harm.DESTROYED: _l("Destroyed"),
}


class Channel(enum.StrEnum):
    """By which way a tip came."""

    PHONE = "phone"
    BOX = "box"
    IN_PERSON = "in_person"
    APP = "app"
    LETTER = "letter"


CHANNEL_NAMES = {
    Channel.PHONE: _l("By telephone"),
    Channel.BOX: _l("In a tip box"),
    Channel.IN_PERSON: _l("In person"),
    Channel.APP: _l("By an application"),
    Channel.LETTER: _l("By letter"),
}


class TipAssessment(enum.StrEnum):
    PENDING = "pending"
    VALUABLE = "valuable"
    NOT_VALUABLE = "not_valuable"
    FALSE = "false"


ASSESSMENT_NAMES = {
    TipAssessment.PENDING: _l("Not assessed yet"),
    TipAssessment.VALUABLE: _l("Valuable"),
    TipAssessment.NOT_VALUABLE: _l("Of no value"),
    TipAssessment.FALSE: _l("Found to be false"),
}


class BoxPlace(enum.StrEnum):
    """Where a tip box hangs."""

    VILLAGE_HALL = "village_hall"
    POLICE_STATION = "police_station"
    OTHER = "other"


BOX_PLACE_NAMES = {
    BoxPlace.VILLAGE_HALL: _l("Village hall"),
    BoxPlace.POLICE_STATION: _l("Commune police station"),
    BoxPlace.OTHER: _l("Another place"),
}


class DisputeKind(enum.StrEnum):
    LAND = "land"
    FAMILY = "family"
    NEIGHBOURS = "neighbours"
    MONEY = "money"
    INHERITANCE = "inheritance"
    OTHER = "other"


DISPUTE_NAMES = {
    DisputeKind.LAND: _l("Land"),
    DisputeKind.FAMILY: _l("Marriage and family"),
    DisputeKind.NEIGHBOURS: _l("Between neighbours"),
    DisputeKind.MONEY: _l("Money and property"),
    DisputeKind.INHERITANCE: _l("Inheritance"),
    DisputeKind.OTHER: _l("Another dispute"),
}


class Settlement(enum.StrEnum):
    PENDING = "pending"
    SETTLED = "settled"
    NOT_SETTLED = "not_settled"


SETTLEMENT_NAMES = {
    Settlement.PENDING: _l("Under mediation"),
    Settlement.SETTLED: _l("Settled"),
    Settlement.NOT_SETTLED: _l("Not settled"),
}
