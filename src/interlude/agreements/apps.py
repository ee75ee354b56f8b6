from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "interlude.agreements"
    default_auto_field = "django.db.models.BigAutoField"
