"""Phrases with the FACS codes they stand for, written for measuring the action-unit linker.

One phrase a line, then its gold: codes apart by spaces are all meant, of codes joined by ``|`` one or
more, ``!4`` says that AU4 is missing, ``-`` that no facial action is meant. Gold is by FACS (names and
muscles of ``action_units.tsv``), by hand. ``DEVELOPMENT`` was written before the grammar of descriptions
and tuned on. ``FIRST_HELD_OUT`` was written when the grammar was finished; then its errors were read and
words added. ``SECOND_HELD_OUT`` was written after that, and no rule from it. ``PLAIN`` texts are about no
face, most of them made to mislead; one rule ("headed up") came from an error on the second held-out ones.
"""

DEVELOPMENT = """
raised eyebrows | 1 2
brows are raised | 1 2
inner brows lifted | 1
raised inner eyebrows | 1
outer ends of the eyebrows raised | 2
furrowed brow | 4
eyebrows are furrowed | 4
knitted brows | 4
lowers the brows | 4
eyebrows drawn together | 4
wide eyes | 5
upper eyelids raised | 5
eyes wide open | 5
cheeks pushed up | 6
raised cheeks | 6
crow's feet | 6
tightened eyelids | 7
tense lower eyelids | 7
squinting eyes | 7|44
wrinkled nose | 9
scrunched nose | 9
wrinkling of the nose | 9
upper lip raised | 10
curled lip | 10
deepened nasolabial folds | 11
corners of the mouth pulled up | 12
mouth corners raised | 12
smiling | 12
one corner of the mouth raised | 12
dimpled cheeks | 14
lip corners tightened | 14
downturned mouth | 15
mouth corners pulled down | 15
lower lip pulled down | 16
wrinkled chin | 17
chin pushed up | 17
lips puckered | 18
pursed lips | 18|24
tongue sticking out | 19
lips stretched sideways | 20
tensed neck muscles | 21
lips funneled | 22
tight lips | 23
lips tightened | 23
lips pressed together | 24
pressed lips | 24
compressed lips | 24
parted lips | 25
lips slightly parted | 25
jaw dropped | 26
slack jaw | 26
mouth hanging open | 26
mouth wide open | 27
mouth stretched open | 27
lips sucked in | 28
jaw thrust forward | 29
jaw shifted to the side | 30
clenched jaw | 31
gritted teeth | 31
biting the lip | 32
cheeks blown out | 33
puffed cheeks | 34
sucked-in cheeks | 35
tongue pushed into the cheek | 36
licking the lips | 37
flared nostrils | 38
pinched nostrils | 39
drooping eyelids | 41
eyes narrowed to slits | 42
eyes closed | 43
eyes squeezed shut | 7 43
rapid blinking | 45
winking | 46
head turned to the left | 51
head tilted right | 56
head bowed | 54
eyes looking up | 63
downcast eyes | 64
duchenne smile | 6 12
open mouth | 25|26|27
relaxed brow | !4
closed lips | !25
lips drawn upward at the corners | 12
the corners of her lips curve upward | 12
his mouth curves up at both ends | 12
lip corners turned skyward | 12
the ends of the mouth are lifted | 12
upturned lip corners | 12
upward curl of the mouth corners | 12
the right corner of the mouth is lifted | 12
left mouth corner pulled up | 12
the ends of his mouth sag downwards | 15
drooping corners of the mouth | 15
the edges of the lips bend downward | 15
the mouth droops at the corners | 15
lip corners dragged down | 15
the middle of the brows goes up | 1
inner parts of the eyebrows lift | 1
the inner portion of the brow is elevated | 1
medial brow elevated | 1
the outer part of the eyebrows goes up | 2
outer edges of the brows lifted upwards | 2
lateral portion of the eyebrow raised | 2
both eyebrows shoot up | 1 2
eyebrows hiked up toward the hairline | 1 2
she lifted her eyebrows | 1 2
eyebrows squeezed together | 4
her brows come down and together | 4
brows bunched together | 4
he scrunched his eyebrows together | 4
eyebrows pinched in the middle | 4
the eyebrows are pulled downward | 4
a deep crease between the eyebrows | 4
vertical lines between the brows | 4
creased forehead between the eyebrows | 4
lowering of the eyebrows | 4
eyes bulging wide open | 5
top eyelids pulled back | 5
upper lids lifted so the white shows above the iris | 5
her eyes went wide | 5
the eyes open very wide | 5
eyes stretched wide | 5
his cheeks lift and bunch | 6
cheeks are drawn upward | 6
lifting of the cheeks | 6
skin around the outer eye corners wrinkles | 6
tension in the lower eyelid | 7
the lids are drawn tight | 7
lower lids pulled tight | 7
narrowing of the eyes | 7
the nose crinkles up | 9
her nose is wrinkled up | 9
wrinkles along the bridge of the nose | 9
he crinkles his nose | 9
the upper lip is drawn upwards | 10
her top lip lifts | 10
curls his upper lip | 10
the lower lip is drawn downward | 16
bottom lip pulled down | 16
the chin bunches up | 17
the chin is pushed upward | 17
chin dimples and lifts | 17
lips scrunched forward as for a kiss | 18
puckering his mouth | 18
the lips are pulled back horizontally | 20
mouth pulled sideways toward the ears | 20
lips drawn out laterally | 20
mouth stretched horizontally | 20
the lips form a funnel | 22
lips narrowed and tensed | 23
his lips are taut | 23
the lips squeeze against each other | 24
she pressed her lips together hard | 24
lips clamped together | 24
the lips are separated | 25
a gap between the lips | 25
lips fall apart | 25
her jaw hangs down | 26
the lower jaw drops | 26
his jaw fell | 26
jaw falling open | 26
mouth stretched wide open | 27
lips rolled between the teeth | 28
lips folded inward | 28
lower jaw pushed forward | 29
the jaw slides sideways | 30
teeth are clenched together | 31
she clenches her jaw | 31
teeth sinking into the lower lip | 32
bites down on her lip | 32
cheeks filled with air | 33|34
hollow cheeks sucked inwards | 35
nostrils widen | 38
the nostrils are flaring | 38
the nostrils narrow | 39
upper eyelids hang low | 41
the eyelids sag | 41
her eyes are shut | 43
eyelids fully closed | 43
shutting both eyes | 43
one eye winks | 46
the head turns toward the left | 51
face turned rightward | 52
chin lifted and head thrown back | 17|53 58
head tipped downward | 54
the head leans to the right | 56
gaze directed to the left | 61
eyes rolled upward | M68
gaze cast toward the floor | 64
looking down | 64
the tongue pokes out | 19
brow smooth and relaxed | !4
unfurrowed forehead | !4
"""

CODES = """
AU4 | 4
au 4 | 4
AU04 | 4
Action Unit 4 | 4
action units 1 and 2 | 1 2
AU6+12 | 6 12
AU6 + AU12 | 6 12
AUs 1, 2 and 5 | 1 2 5
AU12B | 12
L12 | 12
R12 | 12
unilateral AU14 | 14
AU 25/26 | 25|26
AU-12 | 12
AU_12 | 12
AU#12 | 12
AU12_r | 12
AD19 | 19
AU19 | 19
M55 | M55
1+2+5B+26 | 1 2 5 26
AU1, AU2, AU4 | 1 2 4
AU R12A+R14B | 12 14
FACS 12 | 12
AU99 | -
AU3 | -
AU 0 | -
AU1000 | -
"""

PLAIN = """
He raised his hand to ask a question.
They stood on the brow of the hill.
The lid of the jar was tightened again.
She pressed the button and the door opened.
We should head back to the office.
Heads down the street and turn left.
The move was a blow to the economy.
It took a bite out of the budget.
The corners of the page were turned up.
He closed the book and opened the window.
The table has rounded corners and a raised edge.
Keep the lip of the bucket clean.
The teeth of the gear are pressed together.
Jaws was shown in the cinema last night.
The bridge of the ship was raised in 1999.
The company lowered its prices and raised wages.
She works at the mouth of the river, which is wide open to the sea.
He walked with his arms open and his back straight.
The eyes of the storm moved to the left.
The nose of the plane pointed up.
Stretch your neck and shoulders after work.
She was raised in a small town by her aunt.
The chin strap was pulled tight.
The cheeks of the vise are pushed together.
Prices dropped while demand rose.
Their marriage was over and they parted ways.
He kept his tongue from telling the truth.
Please look up the word in a dictionary.
She puffed on a cigarette outside.
The slit in the curtain let the light in.
A slight bulge in the wall worried the builder.
The horse flared and bolted down the lane.
He sucked the juice through a straw.
The paper was wrinkled and torn.
The curtains were drawn together at dusk.
The mouth of the cave was closed by a fallen rock.
He wiped the counter and licked the stamp.
Two rows of teeth on the zipper came apart.
Looking down the list, I found my name.
He is head of the department and back from leave.
The AUD rose to 4 against the dollar.
Bus 12 leaves at 6 and stops at gate R12.
Turn to page 4, lines 1, 2 and 5.
We spent 12+6 dollars on L-shaped brackets.
The lips of the vase are chipped.
The forehead of the statue is missing.
She blinked the indicator before turning.
The firm tightened its belt.
He pulled up a chair and dropped the bag.
The wide road narrowed to a single lane.
"""

FIRST_HELD_OUT = """
inner eyebrow raiser | 1
the woman's inner eyebrows slant upward | 1
brows tented upward in the center | 1|4
outer brow raise on the right | 2
only the tail of the eyebrow lifts | 2
brow raise | 1 2
his eyebrows climb | 1 2
both brows are up | 1 2
arched her eyebrows in disbelief | 1 2
her eyebrows were lifted high | 1 2
brow lowerer | 4
his forehead is furrowed | 4
eyebrows lowered over the eyes | 4
the brows knit tightly | 4
a frown line appears between the brows | 4
brows contracted | 4
glabella bunched into folds | 4
upper lid raiser | 5
lifted upper eyelids | 5
her eyes widened in shock | 5
eyes as big as saucers | 5
the eyelids were pulled wide open | 5
staring with eyes agape | 5
cheek raiser | 6
the cheeks rise | 6
cheeks bunched up under the eyes | 6
crinkles around the eyes | 6
lid tightener | 7
eyelids pressed narrower | 7
lower eyelids are raised and tight | 7
her eyes narrowed | 7
the lower lids tensed up | 7
nose wrinkler | 9
wrinkle your nose | 9
creases appear on either side of the nose | 9
the skin of the nose is scrunched | 9
upper lip raiser | 10
raised the center of the upper lip | 10
lip curling in distaste | 10
nasolabial furrow deepened | 11
lip corner puller | 12
a broad grin | 12
the mouth corners are drawn obliquely up | 12
lips turning up at the ends | 12
beaming smile | 12
mouth tugged upward on one side | 12
dimpler | 14
dimples forming in the cheeks | 14
the corners of the lips are tightened inwards | 14
lip corner depressor | 15
the mouth turns down at the edges | 15
corners of the mouth pointing downward | 15
lips bent into an inverted u | 15
drooping mouth corners | 15
lower lip depressor | 16
bottom lip dragged down to show the lower teeth | 16
chin raiser | 17
chin boss pushed up | 17
puckering of the chin skin | 17
lip pucker | 18
lips pushed out as if to whistle | 18|22
tongue show | 19
poking her tongue out | 19
lip stretcher | 20
lips stretch sideways | 20
the corners of the mouth are pulled straight back | 20
neck tightener | 21
cords stand out in the neck | 21
lip funneler | 22
lip tightener | 23
the lips became tight and narrow | 23
lip pressor | 24
his lips are squeezed shut | 24
firmly pressing the lips | 24
mouth clamped shut with pressed lips | 24
lips part | 25
the lips come apart a little | 25
jaw drop | 26
the mandible is lowered | 26
the mouth falls open | 26
mouth stretch | 27
mouth yawning wide open | 27
lip suck | 28
lips pulled in over the teeth | 28
jutting out the jaw | 29
moving her jaw from side to side | 30
jaw muscles clenched | 31
grinding the teeth together | 31
nibbling the lower lip | 32
puffing up his cheeks | 34
running the tongue over the lips | 37
flaring of nostrils | 38
nostril compressor | 39
heavy drooping lids | 41
half-lidded gaze | 41
closing her eyes | 43
both eyes shut tight | 7 43
squeezing his eyes closed | 7 43
keeps blinking | 45
gave a wink | 46
turns her head to the right | 52
head cocked to the left | 55
hanging his head | 54
lifting the head up | 53
head leaning forward | 57
eyes darting to the left | 61
glancing up at the ceiling | 63
avoids eye contact, gazing downwards | 64
her gaze dropped | 64
smile with eyes crinkled | 6 12
the forehead is smooth | !4
mouth closed | !25|26|27
AU 1 + AU 4 | 1 4
Action Units 6, 7 and 12 | 6 7 12
AU20C | 20
R14 | 14
au26/27 | 26|27
"""

PLAIN_FIRST_HELD_OUT = """
The river's mouth opens into a broad bay.
She lowered the blinds and lit a candle.
His brother has a wide circle of friends.
Raise the bar and tighten the screws.
The crew lifted the lid off the box.
The hill's brow was covered in mist.
A lip of rock stuck out over the canyon.
The potato has many eyes, and they are closed.
They nosed the car into a narrow gap.
The saw's teeth were clenched in the wood.
My neck of the woods is quiet.
He headed left at the crossroads and went down to the beach.
The eyes of the world were wide open to the crisis.
The jaws of the clamp dropped open.
A tongue of land pushed out to sea.
Her career took a downturn after the raise.
The cheek of that man!
The face of the cliff is wrinkled by erosion.
We wrinkled the foil and pressed it together.
The bottle's neck was tight.
I raised my voice and lowered my expectations.
The wink of a distant lighthouse guided us.
Sniffing glue is dangerous.
He puffed up the hill with two bags.
The head tilted the vote in our favour.
Keep your chin up and carry on.
Turn the volume down and look up the answer.
Open mouth surgery costs more.
Lipstick sales dropped by 12 percent.
AU is the code of the African Union.
Flight AU 2 to Buenos Aires was late.
Section L12 of the car park is closed.
The dog wagged its tail and licked the bowl.
The brows of the two bridges rise steeply.
The chin of the guitar was cracked.
Clenched budgets and tight deadlines made it worse.
The curtain parted and the show began.
Her lips were sealed about the merger.
The forehead landing gear was lowered.
Eyes on the road, hands on the wheel.
"""

SECOND_HELD_OUT = """
inner eyebrow raise | 1
inner halves of the eyebrows pulled up | 1
the inner edges of her brows tilt upward | 1
outer eyebrows are elevated | 2
the eyebrows lift | 1 2
eyebrows jump up | 1 2
lifts both brows | 1 2
forehead muscles pull the brows up | 1 2
brows pulled down hard | 4
eyebrows squished together | 4
heavy scowl with lowered brows | 4
two vertical creases between his eyebrows | 4
brows drawn inward | 4
the upper lids rise | 5
eyes flung wide open | 5
eyes popping | 5
enlarged eyes | 5
raising her cheeks | 6
cheeks squeezed upward | 6
wrinkles at the corners of the eyes | 6
the lower eyelid tightens | 7
eyes slightly narrowed | 7
tensed lids | 7
a crinkled nose | 9
nose scrunched in disgust | 9
wrinkling her nose | 9
lifting his upper lip | 10
upper lip raised to show the teeth | 10
upper lip curls | 10
lip corners lifted | 12
mouth corners go up | 12
a faint smile | 12
edges of her mouth turn up slightly | 12
slight upturn at the corners of the mouth | 12
dimples appear | 14
tight lip corners | 14
corner of the mouth tucked in on the left | 14
lip corners pulled downwards | 15
mouth sagging at the corners | 15
the corners of his lips droop | 15
lower lip depressed | 16
the lower lip moves down | 16
raised chin boss | 17
chin wrinkles | 17
puckers her lips | 18
lips rounded and pushed forward | 18|22
he sticks his tongue out | 19
lips stretched wide to the sides | 20
horizontally stretched lips | 20
mouth pulled back toward the ears | 20
funnelled lips | 22
tightly drawn lips | 23
lips tightened and thinned | 23|24
lips mashed together | 24
she pressed her lips into a line | 23|24
parting of the lips | 25
lips apart | 25
dropped jaw | 26
jaw hanging slack | 26
mouth opened as wide as possible | 27
gaping mouth | 25|26|27
both lips sucked inward | 28
protruding jaw pushed forward | 29
gritting his teeth | 31
she clenched her teeth | 31
chewing on her lower lip | 32
cheeks puffed out with air | 34
licks her lips nervously | 37
nostrils flare | 38
constricted nostrils | 39
drooping upper lids | 41
eyes shut | 43
eyelids lowered until closed | 43
screwing her eyes shut | 7 43
blinks repeatedly | 45
turned his head left | 51
head tilting toward the left shoulder | 55
bows her head | 54
raises his head | 53
looks away to the right | 62
eyes cast down | 64
lowered gaze | 64
relaxed eyebrows | !4
mouth is shut | !25|26|27
AUs 4+7+23 | 4 7 23
AU 10, AU 17 and AU 24 | 10 17 24
au05 | 5
AU15 (grade D) | 15
L14B | 14
"""

PLAIN_SECOND_HELD_OUT = """
The corner of the room was dark and the ceiling low.
He opened the window and pulled the blinds down.
The lower half of the screen is wide.
Her eyes were on the prize.
She raised two children and lowered her rent.
The tongue of the shoe was pulled out.
Prices narrowed the gap between rich and poor.
A nose dive followed the raise in rates.
The bridge was closed and the river wide.
Lower the mast and tighten the ropes.
Tight corners make the track hard.
He knitted a sweater with raised cables.
The lid was closed and the jar shaken.
The wrinkled map showed the mouth of the Nile.
The cheeky boy ran down the hill.
Mr Brow lowered the bid.
We pressed together into the lift.
Two heads are better than one.
She headed up the sales team.
Face the wall and turn left.
The jawbreaker dropped on the floor.
Neck and neck, the horses raised dust.
The eye of the needle is narrow.
The teeth of the saw are tight.
Lip balm sells at a raised price.
The chin rest is up for sale.
The shop closed its doors and pulled up stakes.
He has an open mind and a wide smile of land to farm.
The puffed rice was blown away.
In 12 of 25 cases the AU was 4.
"""
