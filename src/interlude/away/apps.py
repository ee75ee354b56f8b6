from django.apps import AppConfig


class AwayConfig(AppConfig):
    name = "interlude.away"
    default_auto_field = "django.db.models.BigAutoField"
