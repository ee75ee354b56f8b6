"""Both sides put our list in order; a journal page says that it is one; a line after the session."""

import uuid

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agenda", "0005_readers"),
        ("appointments", "0004_offered_times"),
        ("practice", "0005_discretion"),
    ]

    operations = [
        migrations.AddField(
            model_name="listitem",
            name="client_place",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="listitem",
            name="clinician_place",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="listitem",
            name="source",
            field=models.CharField(
                choices=[
                    ("message", "Message"),
                    ("rest", "Rest"),
                    ("note", "Note"),
                    ("worry", "Worry"),
                    ("journal", "Journal"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("sealed", models.BinaryField()),
                ("written_at", models.DateTimeField()),
                ("leaves_at", models.DateTimeField()),
                ("called_back_at", models.DateTimeField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="practice.client",
                    ),
                ),
                (
                    "clinician",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practice.clinician"
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
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="appointments.session",
                    ),
                ),
            ],
            options={
                "ordering": ["-leaves_at"],
                "base_manager_name": "unscoped",
                "default_manager_name": "unscoped",
                "indexes": [models.Index(fields=["client", "leaves_at"], name="line_of_client")],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
    ]
