"""Tables of identity: units, people, enterprises, and what guards their doors."""

from zhitongche.identity.tables.enterprises import Enterprise, LegalEntity, Membership
from zhitongche.identity.tables.guards import RateCounter, SignInLog, SmsCode
from zhitongche.identity.tables.people import Person, StandIn
from zhitongche.identity.tables.units import Unit

__all__ = [
    "Enterprise",
    "LegalEntity",
    "Membership",
    "Person",
    "RateCounter",
    "SignInLog",
    "SmsCode",
    "StandIn",
    "Unit",
]
