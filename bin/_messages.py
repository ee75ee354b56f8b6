"""What bin/messages does: sentences out of the source, translations in, and a list of what does not fit."""

import argparse
import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from _compile import LOCALE, VARIANTS, compile_all
from _extract import extracted
from _fitting import fits
from _variants import waiting
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

DRAFT = """\
# Interlude in {name}.
#
# A draft: no person who speaks {name} has reviewed it, and every page says so.
# Sentences come from the source by bin/messages; write the translations here, or merge them from JSON."""
ONCE = datetime(2026, 11, 28, tzinfo=UTC)  # a date of each run would change the file where nothing is new
NAMES = {"es": "Spanish", "es_TU": "Spanish that says tú", "hi": "Hindi"}
JOINED = "\u0004"  # between a context and its sentence, as in a .mo file


def main() -> int:
    options = argparse.ArgumentParser(prog="bin/messages", description="Sentences and their translations.")
    options.add_argument(
        "do", nargs="?", default="extract", choices=["extract", "merge", "missing", "compile"]
    )
    options.add_argument("language", nargs="?", choices=list(NAMES))
    options.add_argument("file", nargs="*", type=Path, help="JSON: {sentence: translation}")
    given = options.parse_args()
    if given.do == "merge" and not (given.language and given.file):
        options.error("merge wants a language and files: bin/messages merge es one.json two.json")
    languages = [given.language] if given.language else list(NAMES)
    if given.do == "missing":
        return sum(tell(language) for language in languages) and 1
    if given.do == "extract":
        fresh = extracted()
        for language in languages:
            save(language, filled(language, fresh, known(language)))
    if given.do == "merge":
        bad = merge(given.language, given.file)
        print(json.dumps(bad, ensure_ascii=False, indent=1)) if bad else None
    compile_all()
    return 0


def merge(language: str, files: list[Path]) -> list[dict[str, str]]:
    """Take in what translators wrote. What does not fit its sentence stays out and is returned with why."""
    said: dict[str, Any] = {}
    for file in files:
        said |= json.loads(file.read_text(encoding="utf-8"))
    have, bad = known(language), []
    fresh = extracted()
    for key, words in said.items():
        context, _, sentence = key.rpartition(JOINED)
        message = fresh.get(sentence, context or None)
        if message is not None and (wrong := fits(message.id, as_in(message, words))):
            bad.append({"language": language, "sentence": key, "translation": str(words), "wrong": wrong})
        elif words:
            have[context, sentence] = words
    save(language, filled(language, fresh, have))
    return bad


def as_in(message: Message, words: Any) -> Any:
    """One translation, or for a sentence with a plural a tuple of two."""
    if not message.pluralizable:
        return words[0] if isinstance(words, (list, tuple)) else words
    return tuple(words) if isinstance(words, (list, tuple)) else (words, words)


def known(language: str) -> dict[tuple[str, str], Any]:
    """Every translation there is, by context and sentence; also of sentences that left the source."""
    file = path(language)
    if not file.exists():
        return {}
    old = read(language)
    every = [*old, *old.obsolete.values()]
    return {key(one): one.string for one in every if one.id and any(one.string)}


def filled(language: str, fresh: Catalog, have: dict[tuple[str, str], Any]) -> Catalog:
    """The sentences of now with the translations we have; what the source no longer says waits at the end."""
    catalogue = Catalog(
        locale=language,
        header_comment=DRAFT.format(name=NAMES[language]),
        project="Interlude",
        version="of the source",
        msgid_bugs_address="see SECURITY.md and CONTRIBUTING.md",
        last_translator="nobody yet",
        language_team=NAMES[language],
        charset="utf-8",
        fuzzy=False,
        creation_date=ONCE,
        revision_date=ONCE,
    )
    catalogue.mime_headers = [("Plural-Forms", "nplurals=2; plural=(n != 1);")]
    for one in fresh:
        if one.id and (key(one) in have or language not in VARIANTS):
            words = as_in(one, have[key(one)]) if key(one) in have else None
            places = sorted({(name, 0) for name, _ in one.locations})
            catalogue.add(one.id, words, places, auto_comments=one.auto_comments, context=one.context)
    now = {key(one) for one in fresh if one.id}
    for context, sentence in sorted(set(have) - now):
        words = have[context, sentence]
        ids = sentence if isinstance(words, str) else (sentence, sentence)
        catalogue.obsolete[sentence] = Message(ids, words, context=context or None)
    return catalogue


def key(message: Message) -> tuple[str, str]:
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]


def read(language: str) -> Catalog:
    with path(language).open("rb") as file:
        return read_po(file, locale=language)


def save(language: str, catalogue: Catalog) -> None:
    path(language).parent.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    write_po(written, catalogue, width=110, include_lineno=False)
    path(language).write_bytes(written.getvalue().rstrip() + b"\n")


def path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def tell(language: str) -> int:
    """Print what is missing or does not fit; 1 if there is any."""
    catalogue = read(language)
    missing = [one for one in catalogue if one.id and not any(one.string)]
    missing += waiting(read(VARIANTS[language]), catalogue) if language in VARIANTS else []
    bad = {key(one)[1]: fits(one.id, one.string) for one in catalogue if one.id and any(one.string)}
    for one in missing:
        print(f"{language}: missing {key(one)[1]!r}")
    for sentence, wrong in bad.items():
        if wrong:
            print(f"{language}: {wrong} {sentence!r}")
    print(
        f"{language}: {len(missing)} of {len(catalogue)} missing, {sum(map(bool, bad.values()))} do not fit"
    )
    return int(bool(missing) or any(bad.values()))


if __name__ == "__main__":
    sys.exit(main())
