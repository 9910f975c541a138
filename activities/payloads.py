"""How what travels through Temporal is written and read."""

from collections.abc import Mapping
from dataclasses import replace

from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultPayloadConverter,
    JSONPlainPayloadConverter,
)

from activities.sealed_payloads import SealedPayloads

# Every workflow makes a converter of its own, and would work out anew how each type is read:
# 14 ms for the start of an adherence, and more than the two seconds that the engine allows to one
# step, the first time on a busy machine. The types are the same for all: so is what was worked out.
_JSON = PydanticJSONPlainPayloadConverter()


class SharedPayloads(CompositePayloadConverter):
    """Reads and writes as the SDK's own for Pydantic does, remembering types across workflows."""

    def __init__(self) -> None:
        super().__init__(
            *(
                _JSON if isinstance(each, JSONPlainPayloadConverter) else each
                for each in DefaultPayloadConverter.default_encoding_payload_converters
            )
        )


data_converter = DataConverter(payload_converter_class=SharedPayloads)


def converter_with(keys: Mapping[str, bytes]) -> DataConverter:
    """The same, encrypted with the first of these keys; with none, in clear."""
    return replace(data_converter, payload_codec=SealedPayloads(keys)) if keys else data_converter
