"""How what travels through Temporal is written and read."""

from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultPayloadConverter,
    JSONPlainPayloadConverter,
)

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
