/** The English words the mirror knows. A word may be missing; what is found is shown, so that its reader can judge. */

const words = (all: string): ReadonlySet<string> => new Set(all.trim().split(/\s+/));

/** Small words of English that its neighbours hardly share: by their number a text is known to be English. */
export const FUNCTION_WORDS = words(`
  the and of to that it for with they this had have has from but were which their what when would could should my
  we our she he his her them i me you your not by on at as is be been if or than then who there how because after
  before did do does about into through while without until where why these those all each other more only out up`);

export const I_FORMS = words(`i i'd i'm i've i'll me my mine myself`);
export const WE_FORMS = words(`we we'd we're we've we'll us our ours ourselves`);

/** May stand between “I” and what I did. */
export const BETWEEN = words(`
  also then first second next just now later both even still again once twice soon always never often and so had have
  myself only instead therefore though however already almost rather quite at last`);

export const WOULD = words('would will');
/** “I” with a little verb grown onto it. */
export const I_WOULD = words(`i'd i'll`);
export const I_HAVE = words(`i i'd i've`);

/** Past forms that tell how things were, not what somebody did. */
export const STATES = words(`
  wanted needed worked joined used liked hoped believed noticed realised realized learned expected feared worried
  wished owned lived remembered loved hated preferred missed trusted assumed supposed seemed tended guessed doubted
  regretted appreciated struggled depended belonged existed stayed waited received recalled wondered cared enjoyed
  deserved lacked mattered resembled failed succeeded tired interested
  need indeed exceed proceed succeed speed feed bleed breed seed embed weed hundred`);

/** Past forms without -ed that tell what somebody did. */
export const DID = words(`
  wrote rewrote told spoke sat took undertook made remade built rebuilt ran reran held sent put set reset began chose
  drew redrew found gave led met read said split cut brought went kept paid taught broke sought stood drove left rang
  did bought sold flew dug hung threw shook bet quit shut spent let withdrew overrode oversaw`);

/** The same told in the present, as some people do. */
export const DO = words(`
  ask write rewrite tell speak sit take make build run hold send put set begin choose draw find give lead meet show
  split cut bring call propose offer stop start decide talk explain share review check collect invite test measure
  move change remove add agree suggest publish present prepare plan organise organize document`);

/** After “would”: what is no step. */
export const NO_STEP = words(`
  be have like want need think not know feel expect hope love prefer guess imagine assume suppose worry wish see say
  probably never rather hate believe remember regret`);

export const UNITS = words(`
  second seconds minute minutes hour hours day days week weeks weekend weekends fortnight month months quarter quarters
  year years sprint sprints night nights`);
export const PARTS_OF_TIME = words(`
  morning afternoon evening night day week weekend month quarter year spring summer autumn winter fall sprint january
  february march april may june july august september october november december monday tuesday wednesday thursday
  friday saturday sunday`);
export const POINTERS = words('last next that same one first second third following previous this');
/** “Next” with one of these lies ahead more often than not. */
export const AHEAD = words('month quarter year spring summer autumn winter fall');
export const AND = words('and but then');
export const DAYS = words(`
  monday tuesday wednesday thursday friday saturday sunday yesterday january february april june july august september
  october november december ago christmas`);
/** Months that are also something else, unless written as a month. */
export const CAPITAL_MONTHS = words('March May');

export const NUMBERS = words(`
  two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty
  ninety hundred thousand million half twice thrice dozen percent`);

/** What came of something. */
export const EFFECTS = words(`
  result results outcome fewer less faster slower sooner earlier reduced dropped fell rose increased decreased grew
  shrank saved shipped released launched improved halved doubled tripled accepted adopted approved agreed signed
  renewed since longer worked passed succeeded failed thanked ended stopped became survived returned recovered
  disappeared vanished delivered won lost today nobody everyone`);

/** Words that soften; each stands alone or as two. */
export const HEDGES = words(`
  maybe perhaps probably possibly somewhat basically apparently presumably arguably roughly kinda sorta might hopefully`);
export const HEDGE_PAIRS = words('kind-of sort-of i-think i-guess i-suppose a-bit a-little more-or');
