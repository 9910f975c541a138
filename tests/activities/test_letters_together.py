"""Questions of the same moment share a statement, and its error."""

import asyncio
from collections.abc import Sequence

import pytest

from activities.letters.together import Together


async def test_what_is_asked_while_one_statement_is_under_way_goes_in_the_next() -> None:
    asked: list[list[int]] = []

    async def double(numbers: Sequence[int]) -> list[int]:
        asked.append(list(numbers))
        await asyncio.sleep(0.01)
        return [2 * number for number in numbers]

    together = Together(double)
    first = asyncio.create_task(together.ask(1))
    await asyncio.sleep(0.001)
    answers = await asyncio.gather(first, together.ask(2), together.ask(3))

    assert answers == [2, 4, 6]
    assert asked == [[1], [2, 3]]


async def test_an_error_is_everybodys_and_the_next_question_is_asked_anew() -> None:
    is_away = True

    async def answer(numbers: Sequence[int]) -> Sequence[int]:
        if is_away:
            raise ConnectionError
        return numbers

    together = Together(answer)
    errors = await asyncio.gather(together.ask(1), together.ask(2), return_exceptions=True)
    is_away = False

    assert [type(error) for error in errors] == [ConnectionError, ConnectionError]
    assert await together.ask(3) == 3


async def test_who_gives_up_waiting_leaves_the_others_their_answer() -> None:
    async def answer(numbers: Sequence[int]) -> Sequence[int]:
        await asyncio.sleep(0.01)
        return numbers

    together = Together(answer)
    leaving, staying = (asyncio.create_task(together.ask(number)) for number in (1, 2))
    await asyncio.sleep(0.001)
    leaving.cancel()

    with pytest.raises(asyncio.CancelledError):
        await leaving
    assert await staying == 2
