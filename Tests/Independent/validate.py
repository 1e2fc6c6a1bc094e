#!/usr/bin/env python3
"""Says of each line `[schema, value]` whether the value is valid, by another library: `1`, `0`, or `!` for no schema."""
import json
import sys

import jsonschema



def same(one, other):
    """As JSON Schema has it. That library takes `[true]` for `[1.0]`, as Python does."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return one == other


def enum(_, values, instance, __):
    if not any(same(instance, value) for value in values):
        yield jsonschema.ValidationError("none of them")


def const(_, value, instance, __):
    if not same(instance, value):
        yield jsonschema.ValidationError("another one")


Validator = jsonschema.validators.extend(
    jsonschema.Draft202012Validator, {"enum": enum, "const": const}
)

for line in sys.stdin:
    schema, value = json.loads(line)
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
        print(int(Validator(schema).is_valid(value)))
    except jsonschema.SchemaError:
        print("!")
