"""What was agreed with one client, who accepted it, first steps, and whether messages fit."""

from interlude.agreements.models.agreement import (
    SECRETS,
    Acceptance,
    AcceptanceQuerySet,
    Agreement,
    AgreementQuerySet,
    rules_of,
)
from interlude.agreements.models.first_steps import StepPassed, StepPassedQuerySet
from interlude.agreements.models.suitability import (
    Suitability,
    SuitabilityQuerySet,
    SuitabilityView,
    SuitabilityViewQuerySet,
)

__all__ = [
    "SECRETS",
    "Acceptance",
    "AcceptanceQuerySet",
    "Agreement",
    "AgreementQuerySet",
    "StepPassed",
    "StepPassedQuerySet",
    "Suitability",
    "SuitabilityQuerySet",
    "SuitabilityView",
    "SuitabilityViewQuerySet",
    "rules_of",
]
