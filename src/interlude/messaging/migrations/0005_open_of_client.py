"""What one client waits for is found without looking through all that was ever written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0004_batch_in_order")]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["client", "resolved_at"], name="message_open_of_client"),
        ),
    ]
