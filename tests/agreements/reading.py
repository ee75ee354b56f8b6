"""What a person reads on a page, and how hard it is to read."""

from __future__ import annotations

import html
import re


def main_text(page: str) -> str:
    """The text of <main>, tags and scripts taken out, each block a sentence of its own."""
    found = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert found, "a page has a main part"
    blocks = re.sub(r"</?(?:p|h1|h2|h3|ul|li|dt|dd|div|legend|label|summary|button)\b", r". \g<0>", found[0])
    plain = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", blocks)))
    return re.sub(r"\.(?:\s*\.)+", ".", re.sub(r"\s+([.,;:])", r"\1", plain)).strip(". ")


def grade(text: str) -> float:
    """Flesch-Kincaid grade, with syllables counted by groups of vowels."""
    words = re.findall(r"[A-Za-z']+", text)
    sentences = max(1, len(re.findall(r"[.?:;]+(?:\s|$)", text)))
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
