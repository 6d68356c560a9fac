"""What a page says about itself and its business: copyright, cookies, subscription, corrections, comments."""

from __future__ import annotations

from kg.read.article.parts import Part, Rule

__all__ = ["NOTICES"]

_FOOTER = "(?:" + "|".join((
    r"privacy (?:policy|notice)|terms (?:of (?:use|service)|and conditions)|cookie (?:policy|settings)|home|help",
    r"contact us|about us|advertise with us|careers|menu|search|site ?map|accessibility",
)) + ")"  # fmt: skip
_THIS = r"this (?:article|story|post|interview|live ?blog|blog|newsletter)"
_VERSION = (
    r"(?:an? |the )?(?:earlier|previous|original|first|prior) versions? of "
    r"(?:this (?:article|story|report|post|headline|caption|piece|page)|the (?:article|story|headline|caption))\b"
)
_MEMBERS = r"(?:subscribers?|members?|registered (?:users|readers)|premium)"
_CORRECTIONS = (
    Rule(Part.NOTICE, 600, (
        rf"{_VERSION}|update:? .{{0,300}}{_VERSION}",
        r"(?:correction|clarification|editor[’']?s[’']? note|note to (?:editors|readers))s?\b[^:.]{0,40}:",
        rf"{_THIS} (?:has been|was|is|will be) (?:being )?(?:updated|amended|corrected|edited|republished|clarified)\b",
        r"this is a (?:developing|breaking)(?: news)? story\b",
    ), anyhow=True),
    Rule(Part.NOTICE, 160, (
        r"\((?:updates?|adds?|recasts?|refiles?|corrects?|repeats?|writes through|removes?|changes?|fixes)\b[^()]*\)",
        r"\(\$1 ?= ?[\d.,]+ [^()]{2,40}\)",
        r"(?:last )?(?:updated|modified|edited)\s+(?:\d+ \w+ ago|at \d{1,2}[.:]\d{2}\b.*|just now)",
    )),
)  # fmt: skip
_PAYWALLS = (
    Rule(Part.NOTICE, 300, (
        rf"{_THIS} is (?:only |exclusively |available )*(?:for|to|exclusive to|reserved for)\b.{{0,40}}\b{_MEMBERS}\b",
        rf"(?:premium |exclusive )?(?:content|article) (?:is )?(?:only |reserved )?for (?:our )?{_MEMBERS}\b",
        r"you(?:[’']ve| have) (?:reached|used|read) (?:your|all|the|\d+)\b.{0,40}\b(?:articles?|limit|stories)\b",
        r"you have (?:\d+|one|two|three|four|five|no)(?: more)? free (?:articles?|stories)\b",
        rf"the (?:remaining|rest)\b.{{0,10}} of (?:this|the) (?:article|story) is\b.{{0,40}}\b{_MEMBERS}",
        r"to (?:read|continue|unlock|access|view|enjoy)\b.{0,80}\b(?:subscribe|sign (?:in|up)|log in|become a)\b",
        r"(?:start|begin|try|get|claim) (?:your|a)\b.{0,20}\bfree trial\b",
        r"unlock (?:this article|the full|unlimited)\b",
        rf"(?:this is|premium) {_MEMBERS}[- ]only\b|log ?in (?:or|to)\b|create (?:a|an|your)(?: free)? account\b",
    ), anyhow=True),
)  # fmt: skip
_CHOICES = (
    r"(?:accept|reject|allow|decline|agree|manage|customi[sz]e|necessary|essential|only|all|and|close|cookies?|options|save"
    r"|settings|preferences|continue|without|accepting|i agree|ok|got it|learn more)"
)
_CONSENT = (
    Rule(Part.NOTICE, 600, (
        r"we (?:value|respect|care about) your privacy\b|your privacy(?: (?:choices|settings|matters))?\s*$",
        r"we and our (?:\d+ )?(?:trusted )?partners\b|with your (?:agreement|consent|permission), we\b",
        r"(?:this|our) (?:site|website|page)(?: and .{0,30})? uses? (?:\w+ )?cookies\b",
        r"we (?:and .{0,40} )?use (?:\w+ )?cookies\b",
        r"by \w+ing\b.{0,150}\byou (?:agree|consent|accept|acknowledge|confirm|are agreeing)\b",
        r"(?:some|certain|all) cookies\b.{0,80}\b(?:necessary|consent|preferences|settings)\b",
        r"cookies (?:help|allow|enable) us\b",
    ), anyhow=True),
    Rule(Part.NOTICE, 120, (
        rf"(?:{_CHOICES}[\s|/·,.]*){{2,}}",
    )),
)  # fmt: skip
_TECHNICAL = (
    Rule(Part.NOTICE, 200, (
        r"(?:javascript|cookies|flash player)\b.{0,40}\b(?:disabled|required|enabled?|not (?:supported|available))\b",
        r"(?:please )?(?:enable|turn on|activate|allow) (?:javascript|cookies)\b",
        r"please (?:upgrade|update|use) (?:your|a|another)\b.{0,30}\bbrowser\b",
        r"your browser (?:does not|doesn[’']t|is (?:not|out))\b",
        r"(?:media|video|audio) (?:playback )?(?:is )?(?:unsupported|not supported|unavailable)\b",
        r"(?:an |some )?(?:external|embedded|third[- ]party) content\b.{0,60}\b(?:load|show|display|allow|block)",
        r"(?:to|you can) (?:display|view|see|play) this (?:content|video|post|embed)\b",
        r"(?:copy|embed) (?:video )?(?:url|link|code)\b",
        r"(?:tap|click|scan) (?:here|on|the|to)\b.{0,60}\b(?:app|download|listen|watch|subscribe|join|code|link)\b",
        r"download (?:the|our)\b.{0,40}\bapp\b",
        r"(?:available|listen|watch) (?:now )?on (?:apple|google|spotify|youtube)\b",
        r"play\s*/\s*pause\b|\d{1,2}:\d{2}\s*/\s*\d{1,2}:\d{2}|skip (?:advertisement|ad)\b",
    ), anyhow=True),
)  # fmt: skip
_READERS = (
    Rule(Part.NOTICE, 300, (
        r"(?:got|have|do you have) (?:a|any) (?:story|tip|question|comment)s?\b.{0,50}\b(?:e-?mail|contact|write)\b",
        r"(?:e-?mail|contact|write to|reach|get in touch with) [\w.’' -]{2,40} (?:at|via|on|by):? \S*[@/]",
        r"(?:send|share) (?:us )?your (?:stories|tips|comments|views|photos|questions|thoughts)\b|have your say\b",
        r"(?:thanks|thank you)(?: so much| very much)? for (?:reading|joining|following|subscribing|being with us)\b",
        r"(?:hello|hi|welcome|good (?:morning|evening))\b.{0,40}\b(?:welcome to|our live|live (?:blog|coverage))\b",
        r"that[’']s (?:all|it) (?:from us|for (?:today|now|tonight)|from)\b",
        r"we(?:[’']re| are) (?:closing|wrapping up|pausing) (?:this|our) (?:live ?)?blog\b",
        r"follow (?:all|along|live|our|the|\w+[’']s)\b.{0,60}\b(?:live|coverage|updates|developments) (?:here|at|of)\b",
        r"you(?:[’']re| are)? (?:reading|receiv(?:ing|ed)|getting) (?:this|the|an?)\b.{0,60}\b(?:newsletter|e-?mail)",
        r"was this (?:e-?mail |newsletter )?(?:forwarded|sent) to you\b",
        r"view (?:this e-?mail )?(?:in|on) (?:your |a |the )?(?:browser|web)\b",
        r"unsubscribe\b|manage (?:your )?(?:e-?mail )?(?:preferences|subscriptions?)\b",
        r"did you (?:like|enjoy) this\b|forward (?:this )?to a friend\b",
    ), anyhow=True),
    Rule(Part.NOTICE, 120, (
        r"good (?:morning|afternoon|evening)(?:,? (?:and welcome|everyone|readers|all|there|\w+))?[.!,]?",
        r"(?:hello|hi|hey)(?:,? (?:there|again|all|everyone|readers))?[.!,]?",
        r"see you (?:tomorrow|next \w+|on \w+|soon|again)\b.{0,40}|until (?:tomorrow|next time|then)[.!]?",
    )),
)  # fmt: skip

_BUSINESS = (
    Rule(Part.NOTICE, 400, (
        r"©",
        r"\(c\)\s*(?:copyright\b|\d{4})",
        r"copyright\b(?=\s*(?:notice|©|\(c\)|\d{4}|by\b|$))",
        r".{0,90}\ball rights? reserved\b",
        r"this (?:material|article|story|content) (?:may not be|is protected|first appeared)\b",
        r"this (?:article|story) was (?:originally |first )?published\b",
        r"this (?:site|website) uses cookies\b|we use cookies\b|(?:accept|manage|reject)(?: all)? cookies\b",
        r"no part of this\b|reproduction (?:in (?:whole|part)|without|(?:is )?prohibited)\b",
        r"by (?:continuing to (?:use|browse)|using this (?:site|website))\b",
    ), anyhow=True),
    Rule(Part.NOTICE, 120, (r"Copyright(?: (?:of|the|and|&|[A-Z\d][\w.&’'-]*)){1,7}[,.]?",), cased=True),
    Rule(Part.NOTICE, 200, (
        rf"(?:{_FOOTER}[\s|·•,]*)+",
    )),
    Rule(Part.NOTICE, 300, (
        r"(?:subscribe|sign up|sign in|log in|register (?:now|here|today)|already a subscriber)\b",
        r"get (?:the|our|all the) (?:latest|best|daily|news)\b|enter your e-?mail\b|want more\b",
        r"thank you for (?:reading|subscribing)\b|support (?:our|independent) journalism\b",
        r"become a (?:member|subscriber)\b|to (?:continue|keep) reading\b",
    ), anyhow=True),
    Rule(Part.NOTICE, 200, (
        r".{0,80}\bnewsletters?\b.{0,60}\b(?:inbox|sign up|subscribe)\b.*",
        r".{0,60}\b(?:sign up|subscribe)\b.{0,60}\bnewsletters?\b.*|newsletters?",
        r"(?:tags?|topics?|filed under|categor(?:y|ies)|keywords?|posted in|section|more on):.*",
        r"our standards:.*|(?:the views expressed|opinions expressed|this is an opinion)\b.*",
    )),
    Rule(Part.NOTICE, 60, (
        r"advertisements?|ads?|sponsored(?: content| by .*)?|promoted(?: content)?|paid (?:content|post)",
        r"loading\W*",
        r"story continues below.*|article continues (?:below|after).*|play video|this video (?:can ?not|is not).*",
        r"\d{1,2} ?-?min(?:ute)?s? (?:read|listen)|reading time.*|listen to (?:this )?article",
        r"page \d+(?: of \d+)?|ends?|more to (?:come|follow)\W*|\(?(?:more|end)\)?",
    )),
    Rule(Part.COMMENTS, 60, (
        r"leave (?:a|your) (?:reply|comment)(?: cancel reply)?|(?:post|write|add) (?:a |your )?comment",
        r"reader comments",
        r"join the (?:discussion|conversation)|comments?(?: \(?\d+\)?)?|\d+ comments?|no comments(?: yet)?",
    )),
    Rule(Part.NOTICE, 200, (
        r"your e-?mail address will not be published.*|required fields are marked.*|save my name.*",
        r"comments are (?:closed|off|moderated).*|notify me of .*|(?:name|e-?mail|website|comment)\s*\*?",
    )),
)  # fmt: skip

NOTICES: tuple[Rule, ...] = (*_BUSINESS, *_CORRECTIONS, *_PAYWALLS, *_CONSENT, *_TECHNICAL, *_READERS)
"""All of them, in the order in which they are tried."""
