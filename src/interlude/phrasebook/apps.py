from django.apps import AppConfig


class PhrasebookConfig(AppConfig):
    name = "interlude.phrasebook"
    default_auto_field = "django.db.models.BigAutoField"
