"""Makes infra/knative/schemas from what Knative, KEDA and Kubernetes themselves publish.

    go mod download knative.dev/serving@v0.51.0 github.com/kedacore/keda/v2@v2.21.0 k8s.io/kubernetes@v1.34.1
    python .ci/schemas.py "$(go env GOMODCACHE)" infra/knative/schemas      (wants PyYAML)

Descriptions are left out, and so is everything that allows unknown fields: a misspelt field is to be found.
"""
import json
import pathlib
import sys

import yaml

CUSTOM = [
    "knative.dev/serving@v0.51.0/config/core/300-resources/service.yaml",
    "github.com/kedacore/keda/v2@v2.21.0/config/crd/bases/keda.sh_scaledjobs.yaml",
    "github.com/kedacore/keda/v2@v2.21.0/config/crd/bases/keda.sh_triggerauthentications.yaml",
]
BUILT_IN = ("k8s.io/kubernetes@v1.34.1/api/openapi-spec/swagger.json", ["io.k8s.api.batch.v1.CronJob"])


def strict(schema):
    """The schema without descriptions, closed to unknown fields where the fields are known."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {}
    for key, value in schema.items():
        if key == "properties":
            kept[key] = {name: strict(part) for name, part in value.items()}
        elif key == "format" or key.startswith("x-") or (key == "description" and isinstance(value, str)):
            if key == "x-kubernetes-int-or-string":
                kept["type"] = ["integer", "string"]
        elif key not in ("default", "example"):
            kept[key] = strict(value)
    opens = schema.get("x-kubernetes-preserve-unknown-fields")
    if "properties" in kept and "additionalProperties" not in kept and not opens:
        kept["additionalProperties"] = False
    return kept


def expanded(schema, definitions):
    """The schema with its references written out."""
    if isinstance(schema, list):
        return [expanded(part, definitions) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        if name.endswith("IntOrString"):
            return {"type": ["integer", "string"]}
        if name.endswith("Quantity"):
            return {"type": ["string", "number"]}
        return expanded(definitions[name], definitions)
    return {key: expanded(value, definitions) for key, value in schema.items()}


def write(folder, kind, version, schema):
    group, _, name = version.rpartition("/")
    # Who makes an object may set its metadata, but only what every object has.
    schema["properties"]["apiVersion"] = {"const": version}
    schema["properties"]["kind"] = {"const": kind}
    schema["properties"].pop("status", None)
    schema["properties"]["metadata"] = {
        "type": "object",
        "additionalProperties": False,
        "required": ["name"],
        "properties": {
            "name": {"type": "string"},
            "namespace": {"type": "string"},
            "labels": {"type": "object", "additionalProperties": {"type": "string"}},
            "annotations": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    }
    schema["required"] = ["apiVersion", "kind", "metadata", "spec"]
    file = folder / f"{group}-{kind.lower()}-{name}.json"
    file.write_text(json.dumps(schema, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    print(file, file.stat().st_size)


def main(modules, folder):
    for path in CUSTOM:
        definition = yaml.safe_load((modules / path).read_text(encoding="utf-8"))["spec"]
        for version in definition["versions"]:
            if version.get("storage"):
                schema = strict(version["schema"]["openAPIV3Schema"])
                write(folder, definition["names"]["kind"], f"{definition['group']}/{version['name']}", schema)
    path, names = BUILT_IN
    definitions = json.loads((modules / path).read_text(encoding="utf-8"))["definitions"]
    for name in names:
        api, kind = name.split(".")[-3:-1], name.rsplit(".", 1)[1]
        write(folder, kind, "/".join(api), strict(expanded(definitions[name], definitions)))


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
