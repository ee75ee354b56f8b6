"""What a clinician did since a window opened is found without reading everything they ever did."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0002_repairs")]

    operations = [
        migrations.AddIndex(
            model_name="putaway",
            index=models.Index(fields=["clinician", "at"], name="put_away_by_clinician"),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(fields=["clinician", "written_at"], name="reply_of_clinician"),
        ),
    ]
