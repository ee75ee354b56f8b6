"""A reply may own a missed date and give a new one, without closing its message."""

from django.db import migrations, models

KINDS = [
    ("answer", "Answer"),
    ("acknowledged", "Acknowledged"),
    ("kept", "Kept"),
    ("by_phone", "By Phone"),
    ("repair", "Repair"),
]


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_initial"), ("practice", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="reply", name="reply_answer_has_words"),
        migrations.AlterField(
            model_name="reply", name="kind", field=models.CharField(choices=KINDS, max_length=12)
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                name="reply_answer_has_words",
                condition=~models.Q(kind__in=["answer", "repair"]) | models.Q(sealed__isnull=False),
            ),
        ),
    ]
