import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAST_COMMENT, problemWith, quotes, readComment, verdictIn } from '../../../src/features/feedback/comment.ts';
import { COMMENT_TEMPLATE } from '../../../src/features/feedback/forms.ts';

const numRuns = process.env['LONG'] ? 10_000 : 500;
const ANSWER = 'We had an outage. I didn’t blame anyone; I wrote down what we knew, and we fixed it in four days.';
const GOOD =
  'Keep: when you said “I wrote down what we knew”, I saw how you calmed people.\nChange: say what the four days cost.';
const problem = (text: string, answer = ANSWER) => problemWith(readComment(text), answer);

describe('the comment of a review', () => {
  it('is taken when it keeps one thing, changes one thing and quotes the answer', () => {
    expect(readComment(GOOD)).toEqual({
      keep: 'when you said “I wrote down what we knew”, I saw how you calmed people.',
      change: 'say what the four days cost.',
    });
    expect(problem(GOOD)).toBeUndefined();
  });

  it.each([
    [
      'in the other order',
      'Change: end with the cost.\nKeep: the start.',
      { keep: 'the start.', change: 'end with the cost.' },
    ],
    ['on one line', 'Keep: the start. Change: the end.', { keep: 'the start.', change: 'the end.' }],
    ['in bold', '**Keep:** the start\n\n- **Change**: the end', { keep: 'the start', change: 'the end' }],
    ['in capitals, with a wide colon', 'KEEP： the start\nCHANGE： the end', { keep: 'the start', change: 'the end' }],
    [
      'as two paragraphs without labels',
      'The start was good.\n\nThe end was thin.',
      { keep: 'The start was good.', change: 'The end was thin.' },
    ],
    [
      'with a word before the label',
      'Hi!\nKeep: the start\nChange: the end',
      { keep: 'Hi!\nthe start', change: 'the end' },
    ],
  ])('may be written %s', (_, text, comment) => {
    expect(readComment(text)).toEqual(comment);
  });

  it.each([
    ['nothing was written', '', 'one thing to keep and one to change'],
    ['the template is untouched', COMMENT_TEMPLATE, 'one thing to keep and one to change'],
    ['only dots stand there', 'Keep: …\nChange: …', 'one thing to keep and one to change'],
    [
      'there is nothing to keep',
      'Keep:\nChange: “what we knew” needs a date, please add it next time around.',
      'to keep is missing',
    ],
    [
      'there is nothing to change',
      'Keep: “what we knew” calmed me as a reader, I liked it a lot and more.',
      'to change is missing',
    ],
    ['no words are quoted', GOOD.replaceAll(/[“”]/g, ''), 'Quote at least 3 words'],
    [
      'the quoted words are not in the answer',
      GOOD.replace('I wrote down what we knew', 'I fixed it all alone'),
      'Quote at least 3 words',
    ],
    ['only two words are quoted', GOOD.replace('I wrote down what we knew', 'an outage'), 'Quote at least 3 words'],
    ['it is too short', 'Keep: “what we knew”.\nChange: end.', 'characters to go'],
  ])('is turned down with words that help when %s', (_, text, words) => {
    expect(problem(text)).toContain(words);
  });

  it.each([
    '"i wrote down what we knew"',
    "'I wrote down what we knew'",
    '‘I wrote down what we knew’',
    '„I wrote  down\nwhat we knew“',
    '«I WROTE DOWN what we knew»',
    '`I wrote down, what we knew`',
    '“I wrote down … what nobody said”',
    "“I didn't blame anyone”",
    "'I didn't blame anyone'",
  ])('takes the quote %s', (quote) => {
    expect(quotes(`When you said ${quote}, it was clear.`, ANSWER)).toBe(true);
  });

  it('asks of a very short answer only the words it has, and works without spaces between words', () => {
    expect(quotes('“We talked” is all there is', 'We talked.')).toBe(true);
    expect(quotes('nothing quoted', '🎉')).toBe(true);
    expect(quotes('「会議を開いた」が良い', '先週、会議を開いたのは私です。')).toBe(true);
    expect(quotes('「会議を閉じた」が良い', '先週、会議を開いたのは私です。')).toBe(false);
  });

  it('takes any three words in a row of any answer, whatever quotation marks are used', () => {
    const word = fc.stringMatching(/^[a-zà-öø-ü]{1,8}$/);
    const marks = fc.constantFrom(['“', '”'], ['"', '"'], ['«', '»'], ['„', '“'], ['‘', '’'], ["'", "'"], ['`', '`']);
    fc.assert(
      fc.property(fc.array(word, { minLength: 3, maxLength: 30 }), fc.nat(), marks, (said, at, [open, shut]) => {
        const from = at % (said.length - 2);
        const quote = said
          .slice(from, from + 3)
          .join(' ')
          .toUpperCase();
        expect(quotes(`I liked ${open}${quote}${shut} here`, said.join('  '))).toBe(true);
      }),
      { numRuns },
    );
  });

  it('never fails, whatever is written', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(GOOD, '“'.repeat(4000)),
    );
    fc.assert(
      fc.property(any, any, (text, answer) => {
        const comment = readComment(text);
        const said = problemWith(comment, answer);
        if (said === undefined)
          expect(Array.from(comment.keep + comment.change).length).toBeGreaterThanOrEqual(LEAST_COMMENT);
        verdictIn(comment);
      }),
      { numRuns },
    );
  });

  it('reads long hostile texts in no time', () => {
    const long = `${'Keep: '.repeat(700)}${'“ '.repeat(2000)}${'\n * '.repeat(2000)}Change:`;
    expect(problem(long, 'a b c '.repeat(5000))).toBeDefined();
  });

  it('notices verdicts on the person, and not the ones it quotes', () => {
    expect(verdictIn({ keep: 'You are so clear', change: 'x' })).toBe('you are');
    expect(verdictIn({ keep: 'x', change: 'You should just say it' })).toBe('should just');
    expect(verdictIn({ keep: 'you’re kind', change: 'x' })).toBe('you’re');
    expect(
      verdictIn({ keep: 'When you said “we never shipped”, it was honest', change: 'add a date' }),
    ).toBeUndefined();
    expect(verdictIn({ keep: 'nevertheless good', change: 'x' })).toBeUndefined();
  });
});
