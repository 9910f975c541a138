"""Coming in as anybody does: ask for a link, read the letter, press the button."""

from urllib.parse import quote

from demo.cast import Human
from demo.checks import expect
from demo.mailbox import Letter, Mailbox
from demo.pages import Page
from demo.visitor import Visitor, Web, WrongPageError

LINK = "/connexion/"


async def come_in(web: Web, mailbox: Mailbox, who: Human, towards: str) -> tuple[Visitor, Page]:
    """A new browser signed in as somebody, and the page that they wanted."""
    visitor = web.visitor(who.name)
    letter = await ask_for_link(visitor, mailbox, who, towards)
    return visitor, await use_link(visitor, letter, who)


async def ask_for_link(visitor: Visitor, mailbox: Mailbox, who: Human, towards: str) -> Letter:
    """The letter with the link that somebody asked for."""
    known = len(await mailbox.envelopes(who.email))
    page = await visitor.open(f"/connexion?next={quote(towards)}")
    form = expect(page, "the page to sign in").form_with("email")
    if form is None:
        message = f"{page.path} has no form that asks for an address."
        raise WrongPageError(message)
    mailbox.sign_ins[who.email] += 1
    expect(await visitor.send(form, {"email": who.email}), f"a link for {who.name}")
    return await mailbox.wait_for(who.email, "login_link", after=known)


async def use_link(visitor: Visitor, letter: Letter, who: Human) -> Page:
    """Open the link, say one's name the first time, and press the button."""
    page = expect(await visitor.open(letter.link(LINK)), f"the link of {who.name}")
    form = next((each for each in page.forms if LINK in each.action), None)
    if form is None:
        message = f"The link of {who.name} shows no button to come in."
        raise WrongPageError(message)
    return await visitor.send(form, {"name": who.name} if form.has("name") else {})
