"""What a changed version needs to start openly: its effect, its reason, its notice.

An offer that nobody has accepted yet is taken for a stricter one without a reason: it has to be offered again,
as nobody can say what its reader was told.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def hold_back_open_offers(apps: Any, schema_editor: Any) -> None:
    agreements = apps.get_model("agreements", "Agreement")._base_manager.using(schema_editor.connection.alias)
    agreements.filter(number=1).update(effect="first")
    agreements.filter(number__gt=1, accepted_at=None).update(effect="stricter", notice_days=14)


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0004_readers"),
    ]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="effect",
            field=models.CharField(
                choices=[
                    ("first", "First"),
                    ("looser", "Looser"),
                    ("level", "Level"),
                    ("stricter", "Stricter"),
                ],
                default="level",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="because",
            field=models.CharField(
                choices=[("ordinary", "Ordinary"), ("safety", "Safety"), ("law", "Law")],
                default="ordinary",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="agreement", name="sealed_reason", field=models.BinaryField(null=True)
        ),
        migrations.AddField(
            model_name="agreement", name="notice_days", field=models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField(model_name="agreement", name="starts_on", field=models.DateField(null=True)),
        migrations.AddField(model_name="agreement", name="told_start", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="agreement", name="told_session", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="agreement",
            name="read_as",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agreements.agreement",
            ),
        ),
        migrations.AddField(
            model_name="agreement", name="withdrawn_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(model_name="agreement", name="started_at", field=models.DateTimeField(null=True)),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("because", "ordinary"), ("starts_on__isnull", False), _connector="OR"),
                name="safety_and_law_have_a_day",
            ),
        ),
        migrations.RunPython(hold_back_open_offers, migrations.RunPython.noop),
    ]
