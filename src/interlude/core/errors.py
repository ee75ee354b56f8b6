"""What the core says when it is given something it cannot work with.

Every message names what is wrong, the value, and what to do next. None carries a client's words.
"""


class InterludeError(Exception):
    """The root of everything that the core raises on purpose."""


class BadMoment(InterludeError):
    """A moment without a UTC offset, outside the years we compute, or in the wrong order."""


class BadHours(InterludeError):
    """Openings, check times, absences or promises that cannot be meant as written."""


class NeverOpen(BadHours):
    """No open time, or no check, within the horizon (see `interlude.core.hours.HORIZON`)."""


class BadPolicy(InterludeError):
    """A value in a policy that cannot be used: its file, key and value, and the remedy."""

    def __init__(self, file: str, key: str, value: object, remedy: str) -> None:
        super().__init__(file, key, value, remedy)
        self.file = file
        self.key = key
        self.value = value
        self.remedy = remedy

    def __str__(self) -> str:
        value = repr(self.value)
        if len(value) > 120:
            value = value[:119] + "…"
        return f"{self.file}: {self.key} = {value}: {self.remedy}"
