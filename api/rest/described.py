"""The interface for programs, described for programs and for people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from api.dependencies import Screen

router = APIRouter(include_in_schema=False)

Schema = Mapping[str, Any]
# What FastAPI writes of validation errors, which we answer as problem documents.
NOT_OURS = ("HTTPValidationError", "ValidationError")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that an operation reads."""

    name: str
    kind: str
    is_required: bool
    help: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a program may ask."""

    method: str
    path: str
    summary: str
    needs_token: bool
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]


@router.get("/api/v1/openapi.json")
async def openapi(request: Request) -> Response:
    """Give the description that programs read."""
    return JSONResponse(description_of(request.app))


@router.get("/docs")
async def docs(screen: Screen, request: Request) -> Response:
    """Show the same description to people, without a script of anybody's."""
    document = description_of(request.app)
    return screen.show("pages/plain/interface.html", nouns=_by_tag(document))


@lru_cache(maxsize=4)
def description_of(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of the application."""
    document = app.openapi()
    for _, _, operation in _operations(document):
        operation["responses"].pop("422", None)
    for name in NOT_OURS:
        document.get("components", {}).get("schemas", {}).pop(name, None)
    return document


def _by_tag(document: Schema) -> dict[str, list[Operation]]:
    tags: dict[str, list[Operation]] = {}
    for path, method, operation in _operations(document):
        tags.setdefault(operation.get("tags", [""])[0], []).append(
            _shown(document, path, method, operation)
        )
    return tags


def _operations(document: Schema) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document.get("paths", {}).items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def _shown(document: Schema, path: str, method: str, operation: Schema) -> Operation:
    return Operation(
        method=method,
        path=path,
        summary=operation.get("description") or operation.get("summary", ""),
        needs_token="security" in operation,
        parameters=tuple(
            Field(
                each["name"],
                _kind(each.get("schema", {})),
                each.get("required", False),
                each.get("description", ""),
            )
            for each in operation.get("parameters", ())
        ),
        body=tuple(_body(document, operation)),
    )


def _body(document: Schema, operation: Schema) -> Iterator[Field]:
    content: Schema = operation.get("requestBody", {}).get("content", {})
    for media_type, described in content.items():
        schema = _followed(document, described.get("schema", {}))
        if "properties" not in schema:
            yield Field(media_type, _kind(schema), is_required=True)
        for name, each in schema.get("properties", {}).items():
            yield Field(name, _kind(each), name in schema.get("required", ()))


def _followed(document: Schema, schema: Schema) -> Schema:
    reference = schema.get("$ref", "")
    if not reference:
        return schema
    name = reference.rsplit("/", 1)[-1]
    return cast("Schema", document["components"]["schemas"][name])


def _kind(schema: Schema) -> str:
    """The shape of a value, in a word or two."""
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[-1]
    if "anyOf" in schema:
        kinds = [_kind(each) for each in schema["anyOf"] if each.get("type") != "null"]
        return " | ".join(dict.fromkeys(kinds))
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    return schema.get("format") or schema.get("type", "document")
