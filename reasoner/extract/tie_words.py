"""Words between a number and a name that say they are one thing, as patterns over the masked sentence."""

import re

from affectgraph.linkers.late_pattern import late_pattern

_THE = r"(?:(?:the|an?|his|her|their|its|your|both)\s+)?"
_KIND = (
    r"(?:(?:\w+ly|half|slight|mild|strong|strongly|clear|clearly|subtle|subtly|visible|visibly|faint|weak|intense"
    r"|marked|partial|partially|full|fully|brief|possible|bilateral|upward|so-called|facs|official|action"
    r"|unit|name|movement|sign|classic|typical|characteristic)\s+){0,2}"
    r"(?:(?:action|movement|act)\s+of\s+(?:the\s+|an?\s+)?)?"
)
_HEDGES = (
    r"(?:(?:presumably|possibly|probably|perhaps|likely|technically|most\s+likely|simply|clearly"
    r"|really|here|often|usually|commonly|typically|also|again|therefore|thus|normally|generally)\s+)?"
)
_NOUN = (
    r"(?:'s)?(?:\s+(?:activation|activity|action|movement|unit|code|label|motion|contraction|signal"
    r"|alone|itself))?"
)
"""What may follow a code and belongs to it: "AU4 activation"."""

_THAT_IS = (
    r"(?:i\.e\.,?|e\.g\.,?|that\s+is(?:\s+to\s+say)?,?|that\s+means|namely,?|so|or|aka|a\.k\.a\.|as\s+in"
    r"|(?:(?:also|often|commonly|usually|sometimes|otherwise|better|formally)\s+)?(?:known|referred\s+to|called"
    r"|termed|named|dubbed|labell?ed|defined|coded|scored|recorded)(?:\s+in\s+facs)?(?:\s+as)?"
    r"|in\s+facs(?:\s+terms)?,?"
    r"|in\s+other\s+words,?|which\s+is(?:\s+coded)?(?:\s+as)?|which\s+means|meaning"
    r"|(?:which\s+|that\s+)?(?:corresponds|corresponding|maps|mapped|mapping|equivalent)\s+to|facs|viz\.)"
)
_IS = (
    r"(?:is|are|was|were|would\s+be|corresponds?\s+(?:to|with)|(?:is|are|was|were)\s+(?:called|termed"
    r"|known\s+as|named|defined\s+as|coded(?:\s+as)?|scored(?:\s+as)?|labell?ed(?:\s+as)?|described\s+as)"
    r"|refers?\s+to|stands?\s+for|denotes?|means|represents?|describes?|designates?|equals"
    r"|maps\s+(?:on)?to|counts\s+as|names|marks|equates?\s+to|translates?\s+to"
    r"|(?:may|might|could|can|must|should)\s+be|do(?:es)?(?:n't|\s+not)\s+(?:stand\s+for|mean|denote|refer\s+to"
    r"|correspond\s+to|represent|name|describe|equal|code)|seems?\s+to\s+be|appears?\s+to\s+be)"
)
_NOT = r"(?:n't|\s+not)?"
_PLACE = r"(?:\s+(?:at|of|on|around|in|over|to)\s+\w+(?:\s+\w+){0,3})?"
_SEEN_IN = (
    r"(?:indicated|evidenced|reflected|captured|marked|coded|represented|denoted|described|signal(?:l)?ed"
    r"|measured|registered|detected|reported|shown|seen|confirmed|recorded|driven|caused|produced"
    r"|characteri[sz]ed|classified|categori[sz]ed|noted|annotated|listed|tagged|identified|interpreted"
    r"|signified|scored|labell?ed|quantified|referred\s+to|explained|encoded|picked\s+up|tracked|evident)"
)
_SHOWING = (
    r"(?:indicating|suggesting|signal(?:l)?ing|reflecting|denoting|representing|activating|engaging"
    r"|consistent\s+with|corresponding\s+(?:to|with)|matching|hinting\s+at|pointing\s+to|involving|triggering"
    r"|due\s+to|via|through|because\s+of|characteristic\s+of|typical\s+of|associated\s+with|linked\s+(?:to|with)"
    r"|related\s+to|attributed\s+to|attributable\s+to|constituting|implying|(?:as\s+)?per|evidence\s+(?:of|for)|a\s+sign\s+of"
    r"|equivalent\s+to)"
)
_REFLECTS = (
    r"(?:indicates?|suggests?|signals?|reflects?|represents?|corresponds?\s+(?:to|with)|maps?\s+(?:on)?to"
    r"|signif(?:y|ies)|shows?|activates?|engages?|involves?|is\s+associated\s+with|is\s+linked\s+(?:to|with)"
    r"|is\s+consistent\s+with|is\s+characteristic\s+of|is\s+related\s+to|aligns?\s+with)"
)

PARTICLE = late_pattern(
    r"\s(?:in|out|up|down|apart|inwards?|outwards?|back|together|shut|wide|open|\w+ly)(?=\s*[^\s\w]|\s\w+\s)"
)
"""What may end a phrase beyond the words that are known: "lips sucked in (AU28)"."""

PHRASE_FIRST = late_pattern(
    rf"{_PLACE}\s*(?:too\s|also\s|again\s|slightly\s|as\s+well\s|together\s)?\s*[(\[{{]\s*[\"']?\s*(?:{_THAT_IS}\s|=\s?|{_SHOWING}\s"
    rf"|as\s|{_SEEN_IN}\s(?:by|in|as)\s|see\s)?\s*(?:an?\s|the\s)?"
    r"(?:(?:facs|unit|action\s+unit|code|number|per|as\s+per|cf\.|strong|high|low|weak|mild|moderate|intense|slight"
    r"|clear|active|activated|increased|elevated|predominantly|mainly)\s*:?\s+){0,2}\Z"
    rf"|\s*[\"']?{_PLACE}(?:\s(?:too|as\s+well))?\s*(?:,|\u2014|\u2013"
    rf"|\s-)\s*{_HEDGES}{_THAT_IS}?\s*{_HEDGES}{_THE}\Z"
    rf"|{_PLACE}(?P<copula>\s+{_HEDGES}{_IS}{_NOT}\s+{_HEDGES}{_THE})\Z"
    r"|(?P<aside>,[^,.;UF]{3,40},\s+(?:which\s+)?is\s+)\Z"
    r"|[^,.;()UF]{0,24},\s+with\s+\Z"
    r"|(?P<gap>\s+)\Z"
    r"|\s+(?:is|are|was|were|seems?|looks?)\s+[^,.;()UFEC]{2,24}\(\Z",
    re.IGNORECASE,
)
"""What stands between a phrase and the code it is said to be."""

CODE_FIRST = late_pattern(
    rf"{_NOUN}[\"']?\s*[(\[{{]\s*[\"']?\s*(?:{_THAT_IS}\s|=\s?|e\.g\.,?\s|name:\s)?{_HEDGES}{_THE}{_KIND}[\"']?\Z"
    rf"|{_NOUN}\s*[\"']?\s*(?P<mark>:|=|-|\u2013|\u2014|\||->|=>|\u2192|/|[,;](?!\s))\s*[\"']?\s*"
    rf"(?:{_THAT_IS}\s+)?{_THE}{_KIND}\Z"
    rf"|{_NOUN},\s*(?P<apposition>(?:{_THAT_IS})?\s*{_THE}{_KIND}[\"']?)\Z"
    rf"|(?:,\s+in\s+turn,)?(?P<copula>\s+{_HEDGES}{_IS}{_NOT}\s+{_HEDGES}(?:called\s+"
    rf"|known\s+as\s+|(?:said|thought|meant)\s+to\s+be\s+)?{_THE}{_KIND}[\"']?)\Z"
    r"|(?:,\s+in\s+turn,)?(?P<gap>\s+(?:to\s+)?(?:the\s+)?)\Z",
    re.IGNORECASE,
)
"""What stands between a code and its name."""

ANOTHER = late_pattern(r"\b(?:one|other|both|each|as|with|and|but|no|not|while)\b")
"""Words behind a code that turn to something else: "AU15: one raises the lip corners, ..."."""

CODE_SHOWS = late_pattern(
    rf"\s?\)?{_NOUN}\s*(?:,?\s*(?:showing|(?:shows?|says|means|indicates|adds)\s+that|shows?|meaning"
    r"|visible\s+as|seen\s+(?:as|in)|evident\s+(?:as|in|from)|i\.e\.,?|that\s+is,?)\s+|:\s*|->\s*|\u2192\s*)"
    r"(?:[a-z]+\s+){0,3}\Z"
    r"|[^.;UFEC]{0,30},\s+as\s+(?:[a-z]+\s+){0,3}\Z",
    re.IGNORECASE,
)
"""What stands between a code, with or without its value, and the phrase that describes it."""

_CODED = (
    r"(?:coded?|annotated|labell?ed|scored|recorded|listed|tagged|marked|registered|noted"
    r"|numbered|classified|described"
    r"|treated|known|called|named|defined|designated|identified|taken|assigned|given|written"
    r"|reported|categori[sz]ed|list|referred)"
)
_AS = (
    r"(?:\s+(?:here|usually|often|simply|also))?(?:\s+(?:as|by|with|under|to\s+be|to\s+as|to|the\s+"
    r"(?:code|number)))?"
)
_CALLS = (
    r"(?:facs|the\s+manual|the\s+coder|the\s+detector|one|we|coders)\s+(?:would\s+|will\s+|may\s+)?"
    r"(?:calls?|codes?|numbers?|lists?|labels?|names?)(?:\s+as)?"
)
MORE_PHRASE_FIRST = late_pattern(
    rf"['\"]?\s*[=:|]\s*[\[]?['\"]?\Z|\s*['\"]\Z"
    r"|\s*[:=(]?\s*\d(?:\.\d+)?\s*\)?\s*[(\[]\s*\Z"
    r"|\"?,\s*\"(?:au|aus|code|id|unit|action_unit|au_code|au_id|number)\"\s*:\s*[\[]?\"?\Z"
    rf"|\s*[(\[]\s*(?:(?:this|that|which)\s+(?:is|are|corresponds\s+to)"
    rf"|{_CODED}{_AS}|{_CALLS}|equals)\s+\Z"
    rf"|,?\s*(?:which|that|this|all\s+of\s+which)\s+(?:{_CALLS}|{_REFLECTS}|(?:is|are|was|were|can\s+be"
    rf"|would\s+be)\s+(?:{_CODED}{_AS}|{_SEEN_IN}\s+(?:by|in|as)))\s+(?:the\s+|an?\s+)?\Z"
    rf"|,\s*(?:{_CODED}{_AS}|giving|yielding|hence|thus|that\s+makes|an?\s+\w+\s+of"
    rf"|(?:the|a)\s+\w+\s+(?:known|coded|listed|called)(?:\s+as)?)\s+(?:an?\s+|the\s+)?\Z"
    rf"|,?\s*(?:as\s+)?{_SEEN_IN}\s+(?:by|in|as|through)\s+(?:the\s+)?(?:presence\s+of\s+|activation\s+of\s+)?\Z"
    rf"|,?\s+{_SHOWING}\s+(?:the\s+)?(?:presence\s+of\s+|activation\s+of\s+)?\Z"
    rf"|\s+(?:\w+ly\s+)?{_REFLECTS}\s+(?:the\s+)?(?:presence\s+of\s+|activation\s+of\s+)?\Z"
    rf"|(?P<verb>\s+(?:(?:is|are|was|were|would\s+be|can\s+be|could\s+be|may\s+be|should\s+be"
    rf"|gets?|being)\s+)(?:not\s+)?(?:{_CODED}{_AS}|{_SEEN_IN}\s+(?:by|in|as))\s+\Z"
    rf"|\s+(?:is|are|was|were)\s+(?:what\s+{_CALLS}|equivalent\s+to|the\s+same\s+as"
    rf"|an\s+instance\s+of|part\s+of)\s+\Z"
    rf"|['\"]?\s+(?:the\s+(?:annotator|coder|text|author|manual)|one|we|i|they)\s+means?\s+\Z"
    r"|\s+(?:belongs?\s+to|(?:carr(?:y|ies)|ha(?:s|ve)|bears?|gets?)\s+the\s+(?:code|number"
    r"|label)|goes\s+by|falls?\s+under|makes?\s+up|constitutes?)\s+\Z)"
)
"""Further words between a phrase and the code it is said to be."""

_NAME_KEY = r"\"(?:name|label|description|meaning|action|au_name|title)\"\s*:\s*\"(?:the\s+)?"
MORE_CODE_FIRST = late_pattern(
    rf"/\Z|\s*['\"]\Z|\"\s*:\s*[\[]?\"\Z"
    rf"|\"?(?:\s*,\s*\"[a-z ]{{1,16}}\"\s*:\s*\"?[\w.+-]{{1,12}}\"?){{0,3}}\s*,\s*{_NAME_KEY}\Z"
    rf"|\s*[(\[]\s*(?:(?:which|this|that)\s+(?:is|means)|{_CODED}{_AS}|=|meaning|i\.e\.,?"
    rf"|(?:the\s+)?(?:action|movement|act)\s+of|responsible\s+for)\s+(?:the\s+|an?\s+)?\Z"
    rf"|,\s*(?:in|for)\s+which\s+(?:the\s+|his\s+|her\s+)?\Z|,\s*{_CALLS}\s+(?:the\s+)?\Z"
    rf"|(?P<verb>\s+(?:(?:is|was|gets)\s+)(?:not\s+)?{_CODED}{_AS}\s+(?:the\s+|an?\s+)?\Z"
    rf"|\s+(?:is|was)\s+(?:what\s+{_CALLS}|the\s+one\s+called|the\s+(?:code|number|unit"
    rf"|action\s+unit)\s+(?:for|of))\s+(?:the\s+|an?\s+)?\Z"
    r"|\s+(?:we|they|one|facs)\s+means?\s+(?:the\s+|an?\s+)?\Z)"
    r"|(?P<as>\s+as\s+(?:the\s+|an?\s+)\Z)"
    rf"|,?\s+(?:which|that)\s+{_HEDGES}{_IS}\s+{_THE}{_KIND}\Z"
    rf"|\s+(?:for|being)\s+{_THE}\Z|'s\s+\Z|-(?:related|driven|type|associated|like)\s+\Z"
    rf"|{_NOUN},?\s+(?:(?:which|that)\s+)?(?:is\s+|are\s+)?(?:the\s+(?:action\s+)?(?:unit|muscle|code)\s+)?"
    r"(?:responsible\s+for|involved\s+in|marked\s+by|characteri[sz]ed\s+by|defined\s+by|indicating|reflecting"
    r"|capturing|describing|denoting|representing|producing|causing|creating|involving|corresponding\s+to"
    r"|referring\s+to|associated\s+with|signifying|signal(?:l)?ing|involves|causes|makes|captures|reflects"
    r"|indicates|signifies|signals|produces|creates|codes|codes\s+for|results?\s+in|resulting\s+in"
    rf"|where(?:by|in)?|is\s+when|occurs\s+when|in\s+which)\s+{_THE}{_KIND}\Z"
)
"""Further words between a code and its name."""

DESCRIPTION = late_pattern(
    r"[)\]]?(?:\s*[,(]?\s*(?:at\s+|with\s+)?(?:intensity|value|score|level)?\s*(?:of\s+|=\s*)?\d"
    r"(?:\.\d+)?\s*\)?)?\s*(?::|->|\u2192|\u2013|\u2014|-|;|,\s+which|,\s+where|\|)\s+"
    r"(?:[a-z]+\s+){0,3}\Z"
)
"""What stands between a named code and a phrase that describes it as well."""

AS_SHOWN = late_pattern(r",?\s+as\s+\Z")
AS_SHOWS = late_pattern(
    r"(?:\s*(?:,|and)\s*U)*\s+(?:confirms?|shows?|tells?|indicates?|suggests?|reveals?|attests?)\b"
)
"""Around a code that says the same as the phrase before it: "the cheeks are raised, as AU6 confirms"."""

LOOSE = late_pattern(r"[^.;()UF]{1,40}(?:[(\[]|:|,\s+i\.e\.,?)\s*\Z")
"""Between a phrase and a code that it means anyway: "she smiles at the camera (AU12)"."""

BEHIND_LABEL = late_pattern(r"\s*[)\]>]\s*[:-]?\s*\Z")
LABEL = late_pattern(r"(?:^|[,;:.|-]|\d[.)])\s*[(\[<](?:U[)\]>]\s?[:-]?\s?F\s?[(\[<]){0,20}\Z")
"""Around a code that stands as a label in front of its name: "[AU1] Inner Brow Raiser"."""

MUSCLE_FIRST = late_pattern(
    r"\s*[(\[](?!.*\b(?:no|not|without|with|and|unlike|instead|rather|plus|but|or|of|in|to)\b)"
    r"[^()\[\]UFEC]{3,60}[;,/\u2013:-]\s*(?:the\s+)?\Z"
)
"""Between a code and a name that other words precede: "AU12 (zygomaticus major; lip corner puller)"."""

AND_NOT = late_pattern(
    r",?\s+(?:(?:is|are)(?:n't|\s+not)|(?:and\s+|but\s+)?not)\s+(?:for\s+|to\s+)?"
    r"(?:the\s+|an?\s+)?\Z"
)
"""Between a name of a code and another that it is not: "AU28 stands for lip suck, not for lip pucker"."""

AFTER_THE = late_pattern(r"\b(?:the|his|her|an?)\s+(?:[\w-]+\s+)?\Z")
LIST = late_pattern(
    r"\s*(?:,|;|and\b|[,;]\s*and\b|or\b|,\s*or\b|&|/|\+|plus\b|with\b|vs\.|vs\b|versus\b)\s*(?:(?:the|an?|his|her|their)\s)?"
    r"(?:(?!(?:no|not|nor|without|then)\b)[a-z]+(?:ly)?\s){0,2}\Z"
)
"""What stands between members of one list."""

PHRASE_ACTS = late_pattern(
    r"(?:raises|lifts|pulls|drags|lowers|draws|drops|parts|presses|tightens|narrows|widens|wrinkles|stretches"
    r"|depresses|opens|closes|turns|moves|brings|pushes|knits|furrows|squeezes|contracts|tilts|dilates|flares"
    r"|puckers|funnels|sucks|curls|elevates|compresses|deepens|raising|lifting|pulling|lowering|drawing"
    r"|dropping|parting|pressing|tightening|narrowing|widening|wrinkling|stretching|depressing|opening"
    r"|closing|furrowing|knitting)\b",
    re.IGNORECASE,
)
"""A phrase that begins with what the action does: "AU4 lowers the brows"."""

ACTS = late_pattern(r"(?:,?\s+(?:which|that|and|it)|,)?\s+(?:[a-z]+ly\s+)?\Z")
"""What may stand between a code and such a phrase."""
