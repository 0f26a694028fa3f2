"""The server's OpenAPI document as a judge of its answers: just enough of JSON Schema for what the document uses."""
import json
import math
import re

TYPES = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "boolean": lambda v: isinstance(v, bool),
    "null": lambda v: v is None,
    "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool) and math.isfinite(v),
    "integer": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool) and v == int(v),
}
KNOWN = {"$ref", "type", "enum", "properties", "required", "additionalProperties", "minProperties", "items", "minItems", "maxItems", "uniqueItems",
         "minLength", "maxLength", "pattern", "minimum", "maximum", "multipleOf", "allOf", "anyOf", "description", "default"}


def resolve(document, schema):
    while "$ref" in schema:
        target = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        schema = target
    return schema


def problems(document, schema, value, where="$"):
    """What is wrong with `value`, as a list of sentences."""
    schema = resolve(document, schema)
    unknown = {word for word in schema if not word.startswith("x-")} - KNOWN
    if unknown:
        return [f"{where}: the schema uses {sorted(unknown)}, which this validator does not know"]
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(TYPES[name](value) for name in types):
        return [f"{where}: {json.dumps(value)[:80]} is not {' or '.join(types)}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{where}: {value!r} is none of {schema['enum']}"]
    return (_number(schema, value, where) + _string(schema, value, where) + _array(document, schema, value, where)
            + _object(document, schema, value, where) + _combined(document, schema, value, where))


def _number(schema, value, where):
    if not TYPES["number"](value):
        return []
    low = "minimum" in schema and value < schema["minimum"]
    high = "maximum" in schema and value > schema["maximum"]
    step = "multipleOf" in schema and value % schema["multipleOf"] != 0
    return [f"{where}: {value} is out of bounds"] if low or high or step else []


def _string(schema, value, where):
    if not isinstance(value, str):
        return []
    found = []
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        found.append(f"{where}: {value[:40]!r} is {len(value)} characters long")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{where}: {value[:40]!r} does not match {schema['pattern']}")
    return found


def _array(document, schema, value, where):
    if not isinstance(value, list):
        return []
    found = [f"{where}: too many entries"] if len(value) > schema.get("maxItems", len(value)) else []
    if len(value) < schema.get("minItems", 0):
        found.append(f"{where}: too few entries")
    if schema.get("uniqueItems") and len({json.dumps(entry, sort_keys=True) for entry in value}) < len(value):
        found.append(f"{where}: an entry comes twice")
    for index, entry in enumerate(value):
        found += problems(document, schema.get("items", {}), entry, f"{where}[{index}]")
    return found


def _object(document, schema, value, where):
    if not isinstance(value, dict):
        return []
    found = [f"{where}: {name} is missing" for name in schema.get("required", []) if name not in value]
    if len(value) < schema.get("minProperties", 0):
        found.append(f"{where}: too few fields")
    properties = schema.get("properties", {})
    for name, entry in value.items():
        if name in properties:
            found += problems(document, properties[name], entry, f"{where}.{name}")
        elif schema.get("additionalProperties") is False:
            found.append(f"{where}: {name} is not in the schema")
    return found


def _combined(document, schema, value, where):
    found = []
    for part in schema.get("allOf", []):
        found += problems(document, part, value, where)
    tried = [problems(document, part, value, where) for part in schema.get("anyOf", [])]
    if tried and all(tried):
        found += min(tried, key=len)
    return found


def operations(document):
    """Every (METHOD, path) of the document, with its description. WebDAV's methods are extensions there: "x-propfind"."""
    return {(method.removeprefix("x-").upper(), path): operation for path, methods in document["paths"].items()
            for method, operation in methods.items()}


def schemas_of(document):
    """Every schema object of the document with the place that it stands at."""
    def walk(value, where):
        if isinstance(value, dict):
            if "type" in value and where.split("/")[-2:-1] != ["properties"] or "properties" in value:
                yield where, value
            for key, entry in value.items():
                yield from walk(entry, f"{where}/{key}")
        elif isinstance(value, list):
            for index, entry in enumerate(value):
                yield from walk(entry, f"{where}/{index}")
    yield from walk(document["components"]["schemas"], "")


def request_schemas(document):
    """Every schema of a query or a body with the place that it stands at, those that it refers to among them."""
    seen = set()

    def walk(schema, where):
        if "$ref" in schema:
            where = schema["$ref"]
            if where in seen:
                return
            seen.add(where)
            schema = resolve(document, schema)
        yield where, schema
        for name, part in schema.get("properties", {}).items():
            yield from walk(part, f"{where}/properties/{name}")
        for index, part in enumerate(schema.get("allOf", []) + schema.get("anyOf", [])):
            yield from walk(part, f"{where}/{index}")
        if "items" in schema:
            yield from walk(schema["items"], f"{where}/items")

    for operation in operations(document).values():
        for parameter in (resolve(document, parameter) for parameter in operation.get("parameters", [])):
            if parameter["in"] == "query":
                yield from walk(parameter["schema"], f"{operation['operationId']}?{parameter['name']}")
        for kind, media in operation.get("requestBody", {}).get("content", {}).items():
            yield from walk(media["schema"], f"{operation['operationId']} {kind}")


def answer_problems(document, operation, answer):
    """What is wrong with an HTTP answer to `operation`: an undeclared status or type, or a body that fails its schema."""
    declared = operation["responses"].get(str(answer.status))
    if declared is None:
        return [f"status {answer.status} is not declared"]
    content = resolve(document, declared).get("content")
    if not content:
        return [f"{answer.status} has a body: {answer.body[:60]!r}"] if answer.body else []
    kind = answer.headers.get("content-type", "").split(";")[0].strip()
    media = content.get(kind) or content.get("*/*")
    if media is None:
        return [f"{answer.status} is {kind!r}, not {' or '.join(content)}"]
    if kind.endswith("json") and "*/*" not in content and media["schema"] != {"type": "string"}:
        return problems(document, media["schema"], answer.json)
    return []
