from django.apps import AppConfig
from django.conf import settings


class DemoConfig(AppConfig):
    name = "interlude.demo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        if settings.DEMO:
            from interlude.demo.clock import start_moving  # noqa: PLC0415  models are ready only now

            start_moving()
