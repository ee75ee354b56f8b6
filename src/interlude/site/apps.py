from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "interlude.site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from interlude.site import checks  # noqa: F401, PLC0415  its checks register themselves
