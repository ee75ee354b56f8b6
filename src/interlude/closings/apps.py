from django.apps import AppConfig


class ClosingsConfig(AppConfig):
    name = "interlude.closings"
    default_auto_field = "django.db.models.BigAutoField"
