/** The rubric: what each of five steps looks like, for six dimensions at four levels. Data only; at most 60 characters a step. */
import type { Level } from '../bank/question.ts';

export const DIMENSIONS = ['setup', 'action', 'result', 'reflection', 'reach', 'trade-offs'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** From 1 (not yet) to 5 (a sign of the next level); 3 meets the level. */
export type Steps = readonly [string, string, string, string, string];

export const DIMENSION_NAMES: Readonly<Record<Dimension, string>> = {
  setup: 'Setup',
  action: 'Action',
  result: 'Result',
  reflection: 'Reflection',
  reach: 'Reach',
  'trade-offs': 'Trade-offs',
};

const MID: Readonly<Record<Dimension, Steps>> = {
  setup: [
    'No concrete event; opinion or routine only',
    'An event, but goal or own task is unclear',
    'Event, goal and own task clear in a few sentences',
    'Adds the stakes and one real constraint',
    'Also shows why it was hard, in under 20% of the answer',
  ],
  action: [
    'Only “we”, or what one should do',
    'Some own steps, no reasons',
    'Own steps in order, each with a reason',
    'Weighs an alternative or asks for input first',
    'Spots a risk early, changes course, brings peers along',
  ],
  result: [
    'No outcome',
    'Outcome claimed, nothing to check it by',
    'Clear outcome with one fact or number',
    'Before/after, own share kept apart from the team’s',
    'Effect lasted (test, doc, habit) and shortfalls are named',
  ],
  reflection: [
    'None, or others are blamed',
    'A lesson anyone could state',
    'A specific lesson about own behaviour',
    'Lesson already used once since',
    'Used, shared, and knows where it would not apply',
  ],
  reach: [
    'Own ticket only; waits to be told',
    'Own ticket with some coordination',
    'Owns a feature end to end; helps a teammate',
    'Improves how the immediate team works',
    'Moves a neighbouring team on shared work (senior signal)',
  ],
  'trade-offs': [
    'Needs complete instructions',
    'Sees unclear points, leaves them open',
    'Clarifies the need and names one trade-off',
    'Lays out options with cost and gain, proposes one',
    'Tests the riskiest assumption cheaply before committing',
  ],
};

const SENIOR: Readonly<Record<Dimension, Steps>> = {
  setup: [
    'No concrete event, or a task-sized one',
    'Event without stakes for users or team',
    'Stakes, own role and constraint stated briefly',
    'Names the people involved and what each wanted',
    'Frames the real problem behind the one first reported',
  ],
  action: [
    'Tells what the team did',
    'Own steps, but no decision of own',
    'Own key decision, options seen, reason given',
    'Handles disagreement with evidence, adapts plan',
    'Gets others to own parts; removes a root cause',
  ],
  result: [
    'No outcome, or only effort',
    'Delivery claimed without effect',
    'Effect on users, team or cost with a number',
    'Compares with the goal and gives due credit',
    'Effect held over months; cost and side effects stated',
  ],
  reflection: [
    'None, or a strength in disguise',
    'General lesson',
    'What I misjudged and what I now do differently',
    'Changed a team practice because of it',
    'Shows the change worked, and its limits',
  ],
  reach: [
    'Own tasks only',
    'Own feature; others work around it',
    'Leads a project across a quarter; grows one person',
    'Aligns a second team without authority',
    'Sets a practice several teams took up (staff signal)',
  ],
  'trade-offs': [
    'Presents the choice as obvious',
    'Names one downside after the fact',
    'Compares two options on stated criteria',
    'Decides with partial data; sets a check point',
    'Keeps it reversible, states kill criteria, acts on them',
  ],
};

const STAFF: Readonly<Record<Dimension, Steps>> = {
  setup: [
    'Single-team story with no wider stakes',
    'Wider stakes hinted, own mandate unclear',
    'Multi-team problem, mandate and stakes clear',
    'Maps stakeholders’ incentives in two sentences',
    'Shows why the problem had stayed unsolved before',
  ],
  action: [
    'Hero work on own code or plan',
    'Directs work, little reasoning shown',
    'Sets direction, explains choice and who decided',
    'Builds agreement with sceptics, then delegates',
    'Changes structure or incentives so it stays solved',
  ],
  result: [
    'Activity (docs, meetings) only',
    'Outcome for one team',
    'Outcome for several teams with a measure',
    'Separates own effect from what would happen anyway',
    'Second-order effects tracked; owned the bad ones',
  ],
  reflection: [
    'None',
    'Lesson about others, not self',
    'Own misjudgement at org scale and its cost',
    'Changed how the group decides or hires',
    'Turned it into guidance that others use unprompted',
  ],
  reach: [
    'One team',
    'Two teams through own effort',
    'Area-wide direction through others',
    'Grows other leaders; executives rely on the view',
    'Shifts priorities beyond the area (principal signal)',
  ],
  'trade-offs': [
    'Avoids the hard choice',
    'Optimises for own team',
    'Weighs team against organisation, says who loses',
    'Handles conflicting goals; surfaces ethics or risk',
    'Frames a bet: time span, exit, what would change my mind',
  ],
};

const PRINCIPAL: Readonly<Record<Dimension, Steps>> = {
  setup: [
    'Staff-sized story',
    'Large theme, no concrete moment of choice',
    'Company-level problem with a concrete moment',
    'Market, people and risk context in a minute',
    'Reframes the question the company was asking',
  ],
  action: [
    'Advises from the side',
    'Pushes own plan through rank',
    'Sets a multi-year direction and builds the coalition',
    'Tests the strategy against its strongest critics',
    'Builds the system that decides well without them',
  ],
  result: [
    'Vision only',
    'Local wins presented as strategy',
    'Company-level outcome with measure and time span',
    'Counterfactual and opportunity cost discussed',
    'Stopped or reversed own bet on evidence; value kept',
  ],
  reflection: [
    'None',
    'Safe lesson',
    'A belief about people or strategy that changed',
    'Shows how it altered later bets or promotions',
    'Made it safe for others to report such mistakes',
  ],
  reach: [
    'One area',
    'Several areas by own presence',
    'Organisation-wide, through leaders they developed',
    'Shapes company strategy and who leads it',
    'Influence outlasts them or reaches the field',
  ],
  'trade-offs': [
    'Single-factor reasoning',
    'Trade-offs named, not owned',
    'Balances speed, people, money and harm; owns choice',
    'Decides under deep uncertainty with staged bets',
    'Draws a line on ethics at real cost and explains it',
  ],
};

export const ANCHORS: Readonly<Record<Level, Readonly<Record<Dimension, Steps>>>> = {
  mid: MID,
  senior: SENIOR,
  staff: STAFF,
  principal: PRINCIPAL,
};
