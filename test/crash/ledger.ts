/** What the people of the test know: what was taken, and what was cut off in the middle and may or may not be there. */
export interface Standing {
  readonly text: string;
  readonly source: 'form' | 'thread';
  /** The message it was written in. */
  readonly ref?: string;
}

export interface Said {
  readonly root: string;
  readonly who: string;
  readonly text: string;
  readonly isDeleted: boolean;
}

/** A value that replaces itself: the last one that was taken, and those sent since whose fate is unknown. */
export interface Told {
  readonly certain?: string;
  readonly maybe: readonly string[];
}

export interface Ledger {
  /** By `<question's ref> <person>`. */
  readonly answers: ReadonlyMap<string, Standing>;
  /** By message ref. */
  readonly said: ReadonlyMap<string, Said>;
  /** By `review <id>`, `self <answer>`, `next <answer>`. */
  readonly told: ReadonlyMap<string, Told>;
  /** The latest moment the clock was seen to show. */
  readonly clock: string;
  say(ref: string, said: Omit<Said, 'isDeleted'>): void;
  edit(ref: string, text: string): void;
  erase(ref: string): void;
  answer(root: string, who: string, standing: Standing): void;
  sending(key: string, text: string): void;
  taken(key: string, text: string): void;
  saw(now: string): void;
}

/** A message this long is an answer when its writer has none yet. */
const ANSWER_WORDS = 15;
const isLong = (text: string): boolean => text.split(/\s+/).length >= ANSWER_WORDS;

export function openLedger(): Ledger {
  const answers = new Map<string, Standing>();
  const said = new Map<string, Said>();
  const told = new Map<string, Told>();
  let clock = '';
  const standIn = (ref: string, { root, who, text }: Omit<Said, 'isDeleted'>): void => {
    const key = `${root} ${who}`;
    const now = answers.get(key);
    if (now?.ref === ref || (now === undefined && isLong(text))) answers.set(key, { text, source: 'thread', ref });
  };
  return {
    answers,
    said,
    told,
    get clock() {
      return clock;
    },
    say(ref, one) {
      said.set(ref, { ...one, isDeleted: false });
      standIn(ref, one);
    },
    edit(ref, text) {
      const one = said.get(ref);
      if (!one) throw new Error(`nobody said ${ref}`);
      said.set(ref, { ...one, text });
      standIn(ref, { ...one, text });
    },
    erase(ref) {
      const one = said.get(ref);
      if (!one) throw new Error(`nobody said ${ref}`);
      said.set(ref, { ...one, isDeleted: true });
      const key = `${one.root} ${one.who}`;
      if (answers.get(key)?.ref === ref) answers.delete(key);
    },
    answer: (root, who, standing) => void answers.set(`${root} ${who}`, standing),
    sending(key, text) {
      const before = told.get(key);
      told.set(key, { ...before, maybe: [...(before?.maybe ?? []), text] });
    },
    taken: (key, text) => void told.set(key, { certain: text, maybe: [] }),
    saw(now) {
      if (now > clock) clock = now;
    },
  };
}
