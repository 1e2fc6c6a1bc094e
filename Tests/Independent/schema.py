#!/usr/bin/env python3
"""Holds the JSON Schema of policies against the corpus of broken ones.

    schema.py SCHEMA.json CORPUS_DIR

Editors know a policy by its schema alone. It has to refuse exactly what the program refuses as P02, and to
pass what is wrong for another reason. What is no YAML that everyone reads alike, P01, is left out.
"""
import json
import re
import sys
from decimal import Decimal
from pathlib import Path

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """Types plain scalars by the few forms that a policy knows; all others are texts."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        pairs = [(self.construct_object(key, True), self.construct_object(value, True)) for key, value in node.value]
        # A key is a name for JSON Schema, however it looks.
        return {key if isinstance(key, str) else source.value: value
                for (key, value), (source, _) in zip(pairs, node.value)}


Loader.add_constructor("tag:yaml.org,2002:map", Loader.construct_mapping)
# To JSON Schema 1.0 is an integer; here it is what it looks like, which is no count.
Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: Decimal(node.value))
for kind, form, first in (
    ("null", r"", [""]),
    ("bool", r"true|false", "tf"),
    ("int", r"-?(0|[1-9][0-9]*)", "-0123456789"),
    ("float", r"-?(0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(rf"(?:{form})\Z"), list(first))


def unmarked(text):
    """The bytes that a marked text stands for."""
    text = text.translate({ord("«"): None, ord("»"): None, ord("␉"): "\t", ord("␍"): "\r", ord("␀"): "\0"})
    pieces = re.split("⟦([0-9a-fA-F]{2})⟧", text)
    return b"".join(bytes.fromhex(piece) if odd % 2 else piece.encode() for odd, piece in enumerate(pieces))


def cases(folder):
    """Each case's place, the bytes of its policy.yaml, and the codes whose marks stand there."""
    for path in sorted(Path(folder).glob("*.txt")):
        for piece in ("\n" + path.read_bytes().decode()).split("\n=== ")[1:]:
            head, *files = piece.split("\n--- ")
            name, *lines = head.split("\n")
            codes = [line.split(" ")[1] for line in lines if line.startswith("! ")]
            policy, own = None, []
            for file in files:
                title, _, text = file.partition("\n")
                count = text.count("«")
                # Codes stand in the order of the marks, through all the files.
                here, codes = codes[:count], codes[count:]
                if title == "policy.yaml":
                    policy, own = unmarked(text), here
            if policy is not None:
                yield f"{path.name}: {name}", policy, own


def main(schema, folder):
    validator = jsonschema.Draft202012Validator(json.loads(Path(schema).read_text(encoding="utf-8")))
    refused, passed, skipped, disagreements = 0, 0, 0, 0
    for place, text, codes in cases(folder):
        if any(code.startswith("P01") for code in codes):
            skipped += 1
            continue
        try:
            errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(yaml.load(text, Loader))]
        except (yaml.YAMLError, UnicodeError, ValueError) as error:
            errors = [f"not read: {error}"]
        refused, passed = refused + bool(errors), passed + (not errors)
        if bool(errors) != any(code.startswith("P02") for code in codes):
            disagreements += 1
            print(f"{place}: {' '.join(codes) or 'no code'}, the schema says", "; ".join(errors[:3])[:400] or "nothing")
    print(f"{refused} cases refused, {passed} passed, {skipped} skipped, {disagreements} disagreements")
    return 1 if disagreements or not refused + passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
