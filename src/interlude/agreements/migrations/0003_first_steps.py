"""The words that were accepted, whose wish a version is, when it was read aloud, and a client's own bookmark."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0002_no_index_on_practice_alone"),
        ("practice", "0002_no_index_on_practice_alone"),
    ]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="wished_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="practice.participant",
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="read_aloud_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="agreement",
            name="read_aloud_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="practice.clinician",
            ),
        ),
        migrations.AddField(
            model_name="acceptance",
            name="sealed",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="acceptance",
            name="sha256",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="acceptance",
            name="language",
            field=models.CharField(blank=True, default="", max_length=12),
        ),
        migrations.CreateModel(
            name="StepPassed",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("step", models.CharField(max_length=16)),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps_passed",
                        to="practice.participant",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practice.practice",
                    ),
                ),
            ],
            options={
                "base_manager_name": "unscoped",
                "default_manager_name": "unscoped",
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name="steppassed",
            constraint=models.UniqueConstraint(fields=("participant", "step"), name="step_passed_once"),
        ),
    ]
