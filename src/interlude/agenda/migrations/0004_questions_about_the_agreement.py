"""Questions and worries about the agreement are a kind of their own on our list."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agenda", "0003_no_index_on_practice_alone")]

    operations = [
        migrations.AlterField(
            model_name="listitem",
            name="source",
            field=models.CharField(
                choices=[("message", "Message"), ("rest", "Rest"), ("note", "Note"), ("worry", "Worry")],
                max_length=8,
            ),
        ),
    ]
