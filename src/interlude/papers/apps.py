from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "interlude.papers"
    default_auto_field = "django.db.models.BigAutoField"
