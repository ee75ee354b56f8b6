from django.apps import AppConfig


class EnclosuresConfig(AppConfig):
    name = "interlude.enclosures"
    default_auto_field = "django.db.models.BigAutoField"
