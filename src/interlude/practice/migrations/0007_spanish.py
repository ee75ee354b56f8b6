"""How Spanish speaks to the clients of a practice: usted, or tú."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("practice", "0006_reads_over"),
    ]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="spanish",
            field=models.CharField(choices=[("usted", "usted"), ("tu", "tú")], default="usted", max_length=5),
        ),
    ]
