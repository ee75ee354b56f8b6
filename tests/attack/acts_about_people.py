"""What the office settles about people, as forms."""

from __future__ import annotations

from uuid import UUID, uuid4

from tests.attack.act import SCOPE, Act
from tests.attack.long_forms import HOUSE_RULES


def people_acts(mine: dict[str, UUID], *, supervisor: str) -> dict[str, Act]:
    """What the office settles about people: who joins, telephones, orders of a court, ages, supervisors."""
    return {
        "join": Act(
            "priya",
            f"/office/people/cares/{mine['client']}/join/",
            {
                "role": "guardian",
                "name": "Eva Novak",
                "email": "eva.join@example.org",
                "zone": "Europe/London",
                "country": "GB",
                "form_id": str(uuid4()),
            },
            ("role", "name", "email", "zone", "country", "form_id"),
        ),
        "say phone": Act(
            "priya",
            f"/office/people/persons/{mine['person']}/phone/",
            {"phone": "020 7946 0018"},
            ("phone", "knowing"),
        ),
        "order": Act("priya", f"/office/people/guardians/{mine['guardian']}/order/", SCOPE, tuple(SCOPE)),
        "ages": Act(
            "priya",
            "/office/people/ages/",
            {"own_account": "12", "own_consent": "16", "majority": "18"},
            ("own_account", "own_consent", "majority"),
        ),
        "supervisor": Act(
            "priya",
            f"/office/people/clinicians/{mine['clinician']}/supervisor/",
            {"supervisor": supervisor},
            ("supervisor",),
        ),
        "house rules": Act(
            "priya", "/office/rules/", HOUSE_RULES, ("minimum_age", "zone", "promise.days", "client_text")
        ),
        "house rules seen": Act("priya", "/office/rules/seen/", HOUSE_RULES, ("hours.mon",)),
    }
