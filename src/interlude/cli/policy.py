"""interlude policy: starting points, and layers of rules: presets, show, check, explain, diff."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from interlude.cli.ask import Command, add_form
from interlude.cli.given import Given, NotUnderstood, layer_from, resolved
from interlude.cli.output import complain, in_parts
from interlude.core import plain as files
from interlude.core.errors import BadPolicy
from interlude.core.keys import ALWAYS, DEFAULTS
from interlude.core.layers import Explanation, Origin, Resolved, Said, diff, explain
from interlude.core.packs import Preset, preset
from interlude.core.packs.load import preset_ids
from interlude.core.toml_text import dump_values

VERBS = {
    "presets": "list the starting points",
    "show": "write out the rules that layers come to, every one of them",
    "check": "read files of rules, and say what is wrong with each",
    "explain": "say for each rule who set it, since when, and what it overrode",
    "diff": "say what changes between two sets of rules, and whether the client loses by it",
}


def run(words: list[str]) -> int:
    """Run one of the verbs."""
    top = argparse.ArgumentParser(prog="interlude policy", description=__doc__)
    verbs = top.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb, what in VERBS.items():
        verbs.add_parser(verb, help=what, description=what, add_help=False)
    verb = top.parse_args(words[:1]).verb
    parser = argparse.ArgumentParser(prog=f"interlude policy {verb}", description=VERBS[verb])
    return _COMMANDS[verb](parser).run(words[1:])


def _presets(parser: argparse.ArgumentParser) -> Command:
    parser.add_argument("--preset", metavar="ID", help="only this one")
    add_form(parser)
    return Command(parser, list_presets, tell_presets)


def list_presets(given: Given) -> list[dict[str, Any]]:
    only = given.text("preset")
    return [_about(preset(id)) for id in ([only] if only else preset_ids())]


def tell_presets(found: list[dict[str, Any]]) -> None:
    for each in found:
        print(f"{each['preset']:<24}{each['label']}")
        if len(found) == 1:
            print(f"{'':<24}{each['purpose']}")
            print(f"{'fits':<24}{', '.join(each['fits'])}")
            print(f"{'not for':<24}{', '.join(each['not_for'])}")


def _about(each: Preset) -> dict[str, Any]:
    about = {
        field.name: getattr(each, field.name) for field in fields(each) if field.name not in ("id", "layer")
    }
    return {"preset": each.id, **about}


def _show(parser: argparse.ArgumentParser) -> Command:
    _add_sources(parser)
    return Command(parser, show, tell_show)


def show(given: Given) -> dict[str, Any]:
    policy = _resolved(given, "policy").policy
    return {key: files.write(key, value) for key, value in policy.values().items()}


def tell_show(found: dict[str, Any]) -> None:
    print(f"# starting point: {found['preset']}")
    print(dump_values({key: files.read(key, found[key], file="rules") for key in DEFAULTS}), end="")


def _check(parser: argparse.ArgumentParser) -> Command:
    _add_sources(parser)
    return Command(parser, check, tell_check, sound=lambda found: all(each["sound"] for each in found))


def check(given: Given) -> list[dict[str, Any]]:
    """Each file by itself; then, if all are sound, all of them together."""
    sources = given.texts("policy")
    if not sources:
        raise NotUnderstood("policy: nothing to check; name a file")
    found = [_checked(source, layer_from, source) for source in sources]
    if len(found) > 1 and all(each["sound"] for each in found):
        found.append(_checked("together", resolved, sources, given.day()))
    return found


def tell_check(found: list[dict[str, Any]]) -> None:
    for each in found:
        if each["sound"]:
            print(f"{each['source']}: sound")
        else:
            complain(BadPolicy(**each["problem"]))


def _checked(source: str, read: Callable[..., object], *given: object) -> dict[str, Any]:
    name = "rules" if "\n" in source or "=" in source else source
    try:
        read(*given)
    except BadPolicy as wrong:
        return {"source": name, "sound": False, "problem": in_parts(wrong)}
    return {"source": name, "sound": True}


def _explain(parser: argparse.ArgumentParser) -> Command:
    _add_sources(parser)
    parser.add_argument(
        "--key", action="append", metavar="KEY", help="only this rule, or this group of rules"
    )
    return Command(parser, explain_all, tell_explain)


def explain_all(given: Given) -> list[dict[str, Any]]:
    found = _resolved(given, "policy")
    return [_explained(explain(found, key)) for key in _keys(given.texts("key"))]


def tell_explain(found: list[dict[str, Any]]) -> None:
    for each in found:
        print(f"{each['key']} is {each['words']}")


def _keys(asked: tuple[str, ...]) -> list[str]:
    every = [*DEFAULTS, *ALWAYS]
    groups = {each: [key for key in every if key.startswith(f"{each}.")] for each in asked}
    return [key for each in asked for key in (groups[each] or [each])] if asked else every


def _explained(each: Explanation) -> dict[str, Any]:
    return {
        "key": each.key,
        "value": _written(each.key, each.value),
        "words": str(each),
        "set_by": _origin(each.set_by),
        "overrode": [_said(each.key, said) for said in each.overrode],
        "locked_by": _origin(each.locked_by) if each.locked_by else None,
        "wanted": _said(each.key, each.wanted) if each.wanted else None,
    }


def _said(key: str, said: Said) -> dict[str, Any]:
    return {"value": _written(key, said.value), "set_by": _origin(said.origin)}


def _origin(origin: Origin) -> dict[str, Any]:
    return {
        "layer": origin.kind or "default",
        "name": origin.name,
        "since": origin.since,
        "until": origin.until,
    }


def _written(key: str, value: Any) -> Any:
    return value if key in ALWAYS else files.write(key, value)


def _diff(parser: argparse.ArgumentParser) -> Command:
    for name in ("before", "after"):
        parser.add_argument(name, nargs="?", metavar=name.upper(), help=f"the rules {name} the change")
    parser.add_argument("--under", action="append", metavar="RULES", help="layers that both stand on")
    _add_day(parser)
    add_form(parser, many=False)
    return Command(parser, changes, tell_changes)


def changes(given: Given) -> list[dict[str, Any]]:
    before, after = (_resolved(given, name).policy for name in ("before", "after"))
    return [
        {
            "key": each.key,
            "direction": each.direction,
            "before": files.write(each.key, each.before),
            "after": files.write(each.key, each.after),
            "words": str(each),
        }
        for each in diff(before, after)
    ]


def tell_changes(found: list[dict[str, Any]]) -> None:
    for each in found:
        print(f"{each['direction']:<10}{each['words']}")
    if not found:
        print("nothing changes")


def _add_sources(parser: argparse.ArgumentParser) -> None:
    what = "starting points or files, which make layers; - reads questions from standard input"
    parser.add_argument("policy", nargs="*", metavar="RULES", help=what)
    _add_day(parser)
    add_form(parser, many=False)


def _add_day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", metavar="DATE", help="the day on which the rules hold; today if left out")


def _resolved(given: Given, name: str) -> Resolved:
    sources = given.texts(name)
    if not sources:
        raise NotUnderstood(f"{name}: no rules; name a file or a starting point")
    return resolved((*given.texts("under"), *sources), given.day())


_COMMANDS = {"presets": _presets, "show": _show, "check": _check, "explain": _explain, "diff": _diff}
