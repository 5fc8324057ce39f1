/** The mirror: what it counts in answers as people write them, what it leaves alone, and that it never judges. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/chat/limits.ts';
import { MIRROR_CLAIM, mirrorOf } from '../../src/mirror/mirror.ts';

const runs = { numRuns: process.env['LONG'] ? 10_000 : 300 };

const STORY =
  'Last spring our nightly import failed three times in one week, and the owner was on leave. I asked the two newest ' +
  'colleagues what they had ruled out, and we drew the path of a record on paper. I then wrote a check that stops the ' +
  'run when a column is missing. Since then the import has failed once, and it took us ten minutes to see why.';

const LONG_SETUP =
  'Our company sells software to schools, and there are nine teams. The reporting team was formed two years ago out of ' +
  'two others, so there were many habits, and nobody was sure who owned what. The head of sales wanted a new report ' +
  'for a big customer, and the lead of the team was against it because of the migration that was going on. I called ' +
  'both of them and proposed a smaller report.';

const HABIT =
  'In my view it is important that people are heard. When there is a conflict in the team, the best way is to listen to ' +
  'both sides, to be patient, and to look for what they have in common. That is how good leaders behave.';

const PLAN =
  'The first thing is to know what is at stake for them. I would call the vice president the same day and would tell her ' +
  'what the demo takes away from the three teams. I would offer a smaller one. If she says no, I would ask who decides.';

const said = (text: string, about: string, options?: { hedges?: boolean }): string => {
  const line = mirrorOf(text, options).find((one) => one.about === about);
  return line === undefined ? '' : `${line.shown}${line.hint === undefined ? '' : ` (${line.hint})`}`;
};

describe('the mirror shows', () => {
  it.each([
    ['a story', STORY, 'length', '68 words, under a minute when spoken'],
    ['a story', STORY, 'set-up', '25 % of the words come before the first thing you did'],
    ['a story', STORY, 'event', 'A point in time is there: “Last spring”'],
    ['a story', STORY, 'outcome', 'After your last step there is “Since then the import”'],
    ['a story', STORY, 'voice', '“I” and its forms: 2; “we” and its forms: 3 (say which part was yours)'],
    ['a long set-up', LONG_SETUP, 'set-up', /8\d % of the words .* \(most readers want the action by about a third\)/],
    ['a long set-up', LONG_SETUP, 'outcome', /^No outcome found after your last step \(what was different then/],
    ['an opinion', HABIT, 'set-up', /^No step of yours found, such as “I asked” \(which part did you do\?\)/],
    ['an opinion', HABIT, 'event', 'No single event found (which day was it?)'],
    ['an opinion', HABIT, 'outcome', ''],
    ['a plan', PLAN, 'set-up', '24 % of the words come before the first thing you did'],
  ])('of %s %#', (_, text, about, expected) => {
    if (typeof expected === 'string') expect(said(text, about)).toBe(expected);
    else expect(said(text, about)).toMatch(expected);
  });

  it('no event in what somebody would do, even where a verb looks the same in the past', () => {
    const text =
      'For this it is important to know what they want. I would read the plan with them and I’ll put it to all.';
    expect(said(text, 'event')).toBe('No single event found (which day was it?)');
  });

  it('no outcome in what is one more step of the same sentence, and no day in one that lies ahead', () => {
    const text =
      'There are nine of us, and it will be done properly next year. I wrote a check that stops the run for all of them, ' +
      'and then showed the lead what the two reports would take.';
    expect(said(text, 'outcome')).toContain('No outcome found after your last step');
    expect(said(text, 'event')).toContain('(“I wrote”), without a day or date');
    expect(said(`${text} It is faster now.`, 'outcome')).toBe('After your last step there is “faster now”');
  });

  it('an outcome that stands before one step more', () => {
    const text =
      'Last spring our import failed again and again. I asked the two newest colleagues and we drew it all on paper. The ' +
      'import has failed less often from then on. I told them.';
    expect(said(text, 'outcome')).toBe('Near the end there is “failed less often from”');
  });

  it.each([
    ['I asked', 'I asked'],
    ['i then quietly wrote', 'i then quietly wrote'],
    ['I had already told', 'I had already told'],
    ['I’d spoken to nobody, so I sat', 'I sat'],
    ['I was asked, I wanted, I needed, I felt, and so I called', 'I called'],
    ['I did not escalate. I waited. I split', 'I split'],
  ])('in “%s” the step that was told', (words, step) => {
    const text = `${'It was like that for all of us and nobody knew what to do with it. '.repeat(2)}${words} it with them.`;
    expect(said(text, 'event')).toContain(`(“${step}”), without a day or date (when was it?)`);
  });

  it.each([
    'on Tuesday',
    'in March',
    'two weeks later',
    'the same evening',
    'in 2024',
    'at 16:30',
    'a week before',
    'yesterday',
  ])('a point in time in “%s”', (time) => {
    expect(
      said(`It was ${time} that all of it broke, and I sat down with them and we looked at what was there.`, 'event'),
    ).toMatch(/^A point in time is there/);
  });

  it('softening words only when asked to', () => {
    const text = `${STORY} Maybe that was a bit late, I think, and perhaps luck.`;
    expect(said(text, 'hedges')).toBe('');
    expect(said(text, 'hedges', { hedges: true })).toBe(
      'Softening words such as “maybe”: 4 (habits differ between regions and people)',
    );
  });

  it('the length alone of a few words', () => {
    expect(mirrorOf('I asked her on Monday.').map(({ shown }) => shown)).toEqual([
      '5 words, under a minute when spoken',
      'Too short for the other counters',
    ]);
    expect(mirrorOf('')[0]?.shown).toBe('0 words, under a minute when spoken');
  });

  it.each([
    [150, 'about 1 minute'],
    [225, 'about 1½ minutes'],
    [600, 'about 4 minutes'],
  ])('of %i words how long they take', (count, time) => {
    expect(
      said(
        'and then '
          .repeat(count / 2 + 1)
          .split(' ')
          .slice(0, count)
          .join(' '),
        'length',
      ),
    ).toContain(time);
  });
});

describe('a text that is not English', () => {
  it.each([
    [
      'German',
      'Als ich im Frühjahr das Team übernahm, war die Stimmung schlecht. Ich habe zuerst mit jedem einzeln gesprochen und dann einen Plan gemacht, den wir gemeinsam besprochen haben.',
    ],
    [
      'Dutch',
      'Vorig jaar liep ons project vast omdat niemand wist wie er besliste. Ik heb met iedereen gesproken en daarna een voorstel geschreven dat we samen hebben aangenomen.',
    ],
    [
      'French',
      'L’année dernière, notre équipe était bloquée depuis deux semaines. J’ai demandé à chacun ce qu’il avait essayé, puis nous avons choisi ensemble la prochaine étape.',
    ],
    [
      'Spanish',
      'El año pasado nuestro proyecto llevaba dos semanas parado. Pregunté a cada persona qué había probado y después decidimos juntos cuál era el siguiente paso que dar.',
    ],
    [
      'Danish',
      'Sidste forår gik vores import i stykker tre gange på en uge, og ingen vidste hvorfor. Jeg spurgte de to nyeste kolleger, hvad de havde prøvet, og vi tegnede det op sammen.',
    ],
  ])('in %s gets its length and the reason why there is no more', (_, text) => {
    expect(mirrorOf(text).map(({ about }) => about)).toEqual(['length', 'language']);
    expect(said(text, 'language')).toContain('read English');
  });

  it('and has no spaces is counted in characters', () => {
    const text = '去年春天我们的导入在一周内失败了三次，我问了两位新同事他们排除了什么。';
    expect(mirrorOf(text).map(({ shown }) => shown)[0]).toMatch(/^About \d+ characters$/);
    expect(mirrorOf(text)).toHaveLength(2);
  });
});

/** Texts of English pieces, so that every counter has something to find. */
const pieces = fc.constantFrom(
  'I asked her',
  'we wrote it',
  'I would call them',
  'on Monday',
  'two weeks later',
  'and the',
  'because of this',
  '. ',
  ', ',
  '\n',
  'maybe',
  'nobody knew',
  '12 %',
  'I',
  'I had',
  'US',
  '’',
  '—',
  'fewer calls',
);
const english = fc.array(pieces, { maxLength: 80 }).map((all) => all.join(' '));
const anything = fc.oneof(
  english,
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
);

describe('whatever the text', () => {
  it('every line is short, is no score and names each counter once', () => {
    fc.assert(
      fc.property(anything, fc.boolean(), (text, hedges) => {
        const lines = mirrorOf(text, { hedges });
        expect(lines[0]?.about).toBe('length');
        expect(new Set(lines.map(({ about }) => about)).size).toBe(lines.length);
        for (const { shown, hint = '' } of lines) {
          expect(shown.length + hint.length).toBeLessThan(LIMITS.text / 10);
          expect(shown.isWellFormed() || !text.isWellFormed()).toBe(true);
          expect(`${shown} ${hint}`.replaceAll(/“[^”]*”/g, '')).not.toMatch(
            /score|rating|good|bad|better|should|must|\/ ?5/i,
          );
        }
      }),
      runs,
    );
  });

  it('shares lie between nothing and all', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const share = Number(/^(\d+) % of/.exec(said(text, 'set-up'))?.[1] ?? 0);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(100);
      }),
      runs,
    );
  });

  it('two texts together have the words of both', () => {
    const count = (text: string): number => Number(/^(\d+) word/.exec(said(text, 'length'))?.[1]);
    fc.assert(
      fc.property(english, english, (one, other) => {
        expect(count(`${one}\n${other}`)).toBe(count(one) + count(other));
      }),
      runs,
    );
  });

  it('softening words change no other line', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(mirrorOf(text, { hedges: true }).filter(({ about }) => about !== 'hedges')).toEqual(mirrorOf(text));
      }),
      runs,
    );
  });

  it.each([
    'I asked her and we wrote it, on Monday. ',
    'a',
    "a'",
    '- ',
    'I ',
    '漢',
    'I would then ',
    '…',
    '1.',
    '\u0301',
  ])('forty thousand characters of “%s” are read', (unit) => {
    const text = unit.repeat(Math.ceil(40_000 / unit.length));
    expect(mirrorOf(text, { hedges: true })[0]?.about).toBe('length');
  });

  it('says what its counters are not', () => {
    expect(MIRROR_CLAIM).toBe('These counters describe your text. They do not measure quality.');
  });
});
