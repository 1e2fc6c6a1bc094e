#!/usr/bin/env python3
"""Says of each line `[schema, value]` whether the value is valid, by another library: `1`, `0`, or `!` for no schema."""
import json
import sys

import jsonschema

for line in sys.stdin:
    schema, value = json.loads(line)
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
        print(int(jsonschema.Draft202012Validator(schema).is_valid(value)))
    except jsonschema.SchemaError:
        print("!")
