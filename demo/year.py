"""The year, act by act."""

from demo.acts import call, embargo, evaluation, opening, post, screening
from demo.letters import Tally
from demo.play import Play


async def play_year(play: Play) -> Tally:
    """Play the year from the opening to the letters; gives the letters that were found."""
    play.tell.act("The organiser opens the cycle")
    await opening.come_in_as_organiser(play)
    await opening.open_the_cycle(play)
    play.tell.act("Companies write, the jury is called")
    await call.write_drafts_and_call_the_jury(play)
    play.tell.act("Companies come back, sign and send; the call closes")
    await call.send(play)
    await call.close(play)
    play.tell.act("The organiser screens, jurors declare their conflicts")
    await screening.screen(play)
    play.tell.act("Jurors read and score")
    await evaluation.evaluate(play)
    play.tell.act("The chair deliberates and signs")
    await evaluation.deliberate(play)
    play.tell.act("The embargo holds, then lifts")
    await embargo.keep_the_secret(play)
    await embargo.agree_to_the_letters(play)
    await embargo.lift(play)
    await embargo.read_the_palmares(play)
    letters = await post.count_letters(play)
    play.tell.letter(
        f"{letters.total()} letters in the mailbox, each once, each to the right person"
    )
    await post.verify_receipts(play)
    play.tell.close()
    return letters
