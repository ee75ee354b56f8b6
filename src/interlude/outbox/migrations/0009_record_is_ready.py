from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0008_devices"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("answer", "Answer"),
                    ("date_moved", "Date Moved"),
                    ("agreement", "Agreement"),
                    ("desk_answer", "Desk Answer"),
                    ("invitation", "Invitation"),
                    ("extra_support", "Extra Support"),
                    ("closing", "Closing"),
                    ("times", "Times"),
                    ("booked", "Booked"),
                    ("reminder", "Reminder"),
                    ("cover", "Cover"),
                    ("unseen", "Unseen"),
                    ("back", "Back"),
                    ("due", "Due"),
                    ("code", "Code"),
                    ("moved_away", "Moved Away"),
                    ("record", "Record"),
                ],
                max_length=16,
            ),
        ),
    ]
