from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "interlude.appointments"
    default_auto_field = "django.db.models.BigAutoField"
