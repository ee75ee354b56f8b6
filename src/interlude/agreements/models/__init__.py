"""What was agreed with one client, who accepted it, and how far somebody came in their first steps."""

from interlude.agreements.models.agreement import (
    SECRETS,
    Acceptance,
    AcceptanceQuerySet,
    Agreement,
    AgreementQuerySet,
    rules_of,
)
from interlude.agreements.models.first_steps import StepPassed, StepPassedQuerySet

__all__ = [
    "SECRETS",
    "Acceptance",
    "AcceptanceQuerySet",
    "Agreement",
    "AgreementQuerySet",
    "StepPassed",
    "StepPassedQuerySet",
    "rules_of",
]
