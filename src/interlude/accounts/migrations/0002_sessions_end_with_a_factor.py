from django.db import migrations, models


class Migration(migrations.Migration):
    """A number that goes up with each change of a second factor, so that other sessions end."""

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="epoch",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
