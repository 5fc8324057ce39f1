/** The four items of a review form and their steps at each level: two dimensions as they are, four merged into two. */
import type { Level } from '../../bank/question.ts';
import { ANCHORS, type Steps } from '../../rubric/anchors.ts';

export const ITEMS = ['setup', 'action', 'result', 'reach'] as const;
export type Item = (typeof ITEMS)[number];

/** 1–5 for each item; an item nobody could tell is missing. */
export type Scores = { readonly [I in Item]?: number };

/** Stands in the form for “can't tell”; stored as a missing score. */
export const CANNOT_TELL = 'none';

export const ITEM_NAMES: Readonly<Record<Item, string>> = {
  setup: 'Setup',
  action: 'Action',
  result: 'Result and reflection',
  reach: 'Reach and trade-offs',
};

/** Both anchors of a merged item in one line. When the two parts differ, the lower step counts. */
const RESULT: Readonly<Record<Level, Steps>> = {
  mid: [
    'No outcome; no lesson, or others are blamed',
    'Outcome claimed, not checkable; a lesson anyone could state',
    'Clear outcome with a fact or number; a specific own lesson',
    'Before/after, own share kept apart; lesson already used once',
    'Effect lasted, shortfalls named; lesson shared, limits known',
  ],
  senior: [
    'No outcome or only effort; no lesson, or a strength in disguise',
    'Delivery claimed without effect; a general lesson',
    'Effect with a number; what I misjudged and now do differently',
    'Compared with the goal, credit given; changed a team practice',
    'Effect held for months, cost stated; lesson works, limits known',
  ],
  staff: [
    'Activity only (docs, meetings); no reflection',
    'Outcome for one team; lesson about others, not self',
    'Measured outcome for several teams; own misjudgement, its cost',
    'Own effect told apart; changed how the group decides or hires',
    'Second-order effects owned; lesson is guidance others use',
  ],
  principal: [
    'Vision only; no reflection',
    'Local wins presented as strategy; a safe lesson',
    'Company-level outcome, measured over time; a changed belief',
    'Counterfactual and opportunity cost; it altered later bets',
    'Reversed own bet on evidence; made reporting mistakes safe',
  ],
};

const REACH: Readonly<Record<Level, Steps>> = {
  mid: [
    'Own ticket only, waits to be told; needs complete instructions',
    'Own ticket, some coordination; unclear points left open',
    'Owns a feature, helps a teammate; names one trade-off',
    'Improves the team’s work; options with cost and gain, picks one',
    'Moves a neighbouring team; tests the riskiest assumption cheaply',
  ],
  senior: [
    'Own tasks only; presents the choice as obvious',
    'Own feature, others work around it; a downside after the fact',
    'Leads a project, grows one person; compares two options',
    'Aligns a second team; decides on partial data with a check point',
    'Several teams took it up; reversible, kill criteria acted on',
  ],
  staff: [
    'One team; avoids the hard choice',
    'Two teams through own effort; optimises for own team',
    'Area-wide through others; team against organisation, who loses',
    'Grows other leaders; handles conflicting goals, ethics or risk',
    'Shifts priorities beyond the area; a bet with time span and exit',
  ],
  principal: [
    'One area; single-factor reasoning',
    'Several areas by own presence; trade-offs named, not owned',
    'Organisation-wide, through leaders; owns a balanced choice',
    'Shapes company strategy; staged bets in deep uncertainty',
    'Influence outlasts them; an ethical line held at real cost',
  ],
};

export function stepsOf(item: Item, level: Level): Steps {
  if (item === 'result') return RESULT[level];
  if (item === 'reach') return REACH[level];
  return ANCHORS[level][item];
}

const isScore = (value: unknown): value is number => typeof value === 'number' && value >= 1 && value <= 5;

/** Scores as stored, or none when there are none. */
export function readScores(stored: string | null): Scores {
  const read: unknown = stored === null ? {} : JSON.parse(stored);
  const of = (item: Item): unknown => (read !== null && typeof read === 'object' ? Reflect.get(read, item) : undefined);
  return Object.fromEntries(ITEMS.map((item) => [item, of(item)] as const).filter(([, value]) => isScore(value)));
}
