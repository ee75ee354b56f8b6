from django.apps import AppConfig


class CoverConfig(AppConfig):
    name = "interlude.cover"
    default_auto_field = "django.db.models.BigAutoField"
