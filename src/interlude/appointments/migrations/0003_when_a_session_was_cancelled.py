"""A session that was cancelled before a changed agreement starts does not lie between; so its moment counts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appointments", "0002_no_index_on_practice_alone"),
    ]

    operations = [
        migrations.AddField(model_name="session", name="cancelled_at", field=models.DateTimeField(null=True)),
    ]
