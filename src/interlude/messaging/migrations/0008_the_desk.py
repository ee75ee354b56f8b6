"""A supervisor's word before a trainee's reply leaves, corrections, messages in two, notes of calls, offers."""

import uuid

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appointments", "0004_offered_times"),
        ("messaging", "0007_stands_in"),
        ("practice", "0005_discretion"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="awaits_approval",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="reply",
            name="awaits_approval",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="reply",
            name="corrects",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="messaging.reply",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="offer",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reply",
                to="appointments.offer",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="sealed_note",
            field=models.BinaryField(null=True),
        ),
        migrations.CreateModel(
            name="Split",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item_id", models.UUIDField()),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("shown_from", models.DateTimeField()),
                (
                    "clinician",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practice.clinician"
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="split",
                        to="messaging.message",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at_once", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("approved", models.BooleanField(default=False)),
                ("sealed_note", models.BinaryField(null=True)),
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
                    "reply",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approval",
                        to="messaging.reply",
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practice.clinician"
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at"],
                "base_manager_name": "unscoped",
                "default_manager_name": "unscoped",
                "indexes": [models.Index(fields=["supervisor", "decided_at"], name="approval_of_supervisor")],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
    ]
