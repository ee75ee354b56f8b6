"""Of two messages that are due together, the one that was sent first comes first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0003_sittings")]

    operations = [
        migrations.RemoveIndex(model_name="message", name="message_waiting"),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                fields=["clinician", "outcome", "reply_due", "sent_at", "id"],
                name="message_waiting",
                condition=models.Q(resolved_at=None, taken_back_at=None),
            ),
        ),
    ]
