from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "interlude.library"
    label = "library"
