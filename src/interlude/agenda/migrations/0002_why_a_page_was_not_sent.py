"""Words meant as a message and kept in the journal say why they are there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agenda", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="journalentry",
            name="not_sent",
            field=models.CharField(blank=True, default="", max_length=16),
            preserve_default=False,
        ),
    ]
