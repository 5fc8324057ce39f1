/** Packs as people write them: each dialect is a sentence. */
import { describe, expect, it } from 'vitest';
import { findings, read, shown, withCover } from './read.ts';

describe('levels', () => {
  it.each([
    ['Mid Level', 'mid'],
    ['Mid-Level', 'mid'],
    ['Senior-Level', 'senior'],
    ['Senior+', 'senior'],
    ['🟢 Staff+ Level (L6)', 'staff'],
    ['Principal Level', 'principal'],
    ['PRINCIPAL LEVEL QUESTIONS', 'principal'],
    ['Level: Senior', 'senior'],
  ])('takes the heading “%s” as %s', (heading, level) => {
    const pack = withCover(`## 🗣️ Interview Questions\n\n### ${heading}\n* **Q**: Why?\n* **A**: So.\n`);
    expect(shown(pack)).toEqual([[level, 'Why?', 'So.']]);
    expect(findings(pack)).toEqual([]);
  });

  it('takes Junior as mid and says so on the line of the heading', () => {
    const pack = withCover('## Questions\n### Junior Level\n* **Q**: Why?\n* **Q**: How?\n');
    expect(shown(pack).map(([level]) => level)).toEqual(['mid', 'mid']);
    expect(findings(pack)).toEqual(['warning 7 the level is below the levels asked here, taken as mid']);
  });

  it('takes a heading that names two levels as the first and says so', () => {
    const pack = withCover('## Questions\n### Senior / Staff\n* **Q**: Why?\n');
    expect(shown(pack)).toEqual([['senior', 'Why?', undefined]]);
    expect(findings(pack)[0]).toContain('names several levels');
  });

  it('takes a question without a level at the first level of the pack, with one warning for all', () => {
    const pack = read(
      '---\ntitle: T\ncategory: c\nlevels: [Staff, senior]\n---\n## Interview Questions\n- **Q:** Why?\n- **Q:** How?\n',
    );
    expect(shown(pack).map(([level]) => level)).toEqual(['staff', 'staff']);
    expect(findings(pack)).toEqual([
      'warning 7 no level for this question and 1 more: taken as staff, put it under a level',
    ]);
  });

  it('does not take a pack called Staff Engineer as a level, nor the lists under it as questions', () => {
    const pack = withCover('# Staff Engineer\n\n1. Read the book.\n2. Talk to one.\n', 'questions: {mid: ["Why?"]}\n');
    expect(shown(pack)).toEqual([['mid', 'Why?', undefined]]);
  });

  it('ends a level at the next heading of its depth', () => {
    const pack = withCover('## Senior Level\n1. How do you lead?\n\n## Reading list\n1. Which book is it?\n');
    expect(shown(pack)).toEqual([['senior', 'How do you lead?', undefined]]);
  });
});

describe('questions and answers with labels', () => {
  it.each([
    '* **Q**: Why?\n* **A**: So.\n',
    '- **Q:** Why?\n- **A:** So.\n',
    '+ __Q__: Why?\n+ __A__: So.\n',
    '* **Q1**: Why?\n* **A1**: So.\n',
    '* **Question 1:** Why?\n* **Answer:** So.\n',
    '* **Q: Why?**\n* **A:** So.\n',
    '- Q: Why?\n  - A: So.\n',
    '1. **Q**: Why?\n   **A**: So.\n',
    '**Q**: Why?\n\n**A**: So.\n',
    '**Q:** Why?\n**A:** So.\n',
    'Q: Why?\n\nA: So.\n',
    '> **Q**: Why?\n>\n> **A**: So.\n',
    '#### Q: Why?\n\n**A**: So.\n',
    '#### Why?\n\nSo.\n',
    '**Why?**\n\nSo.\n',
    '* **Q**: Why?\n* *Model answer*: So.\n',
  ])('reads %j', (body) => {
    expect(shown(withCover(`## Interview Questions\n### Senior-Level\n${body}`))).toEqual([['senior', 'Why?', 'So.']]);
  });

  it('reads a question on two lines as one', () => {
    expect(shown(withCover('### Mid\n* **Q**: Why\n  not?\n* **A**: So.\n'))).toEqual([['mid', 'Why not?', 'So.']]);
  });

  it('keeps steps, code and quotes of an answer as they stand', () => {
    const body = [
      '* **Q**: How do you roll back?',
      '* **A**: Like this:',
      '',
      '    ```sh',
      '    # not a heading',
      '    git revert HEAD',
      '    ```',
      '',
      '    Then $P(x) = \\frac{a_1}{b_2}$ of the users are back.',
      '* **Q**: And then?',
    ].join('\n');
    expect(shown(withCover(`### Senior\n${body}\n`))).toEqual([
      [
        'senior',
        'How do you roll back?',
        'Like this:\n\n```sh\n# not a heading\ngit revert HEAD\n```\n\nThen $P(x) = \\frac{a_1}{b_2}$ of the users are back.',
      ],
      ['senior', 'And then?', undefined],
    ]);
  });

  it('takes everything until the next question as the answer, labelled or not', () => {
    const pack = withCover('### Senior\n* **Q**: Why?\n* First, listen.\n* Then act.\n* **Q**: How?\n');
    expect(shown(pack)).toEqual([
      ['senior', 'Why?', '* First, listen.\n* Then act.'],
      ['senior', 'How?', undefined],
    ]);
  });

  it('does not take bold words inside an answer as parts of the pack', () => {
    const pack = withCover(
      '### Mid\n* **Q**: Why?\n* **A**:\n    1. **Good**: ask.\n    2. **P**: plan.\n    3. **Answer**: act.\n',
    );
    expect(shown(pack)).toEqual([['mid', 'Why?', '1. **Good**: ask.\n2. **P**: plan.\n3. **Answer**: act.']]);
    expect(pack.questions[0]?.probes).toEqual([]);
  });

  it('does not take labels in code or in comments as questions', () => {
    const pack = withCover('### Mid\n```\n* **Q**: Code?\n```\n<!--\n* **Q**: Comment?\n-->\n* **Q**: Why?\n');
    expect(shown(pack).map(([, text]) => text)).toEqual(['Why?']);
  });

  it('leaves a heading between two questions out of the first answer', () => {
    const pack = withCover(
      '## Interview Questions\n### Mid\n* **Q**: Why?\n* **A**: So.\n\n#### Teams\n* **Q**: How?\n\n---\n',
    );
    expect(shown(pack)).toEqual([
      ['mid', 'Why?', 'So.'],
      ['mid', 'How?', undefined],
    ]);
  });

  it('reads id, probes and signs of schema 2 and keeps them out of the answer', () => {
    const body = [
      '### Senior-Level',
      '* **Q**: Tell me about a hard talk.  <!-- id: hard-talk-1 -->',
      '* **A**: Outline.',
      '  1. Setup.',
      '* **P**: own-part — What exactly did you say?',
      '* **Good**: Names the behaviour',
      '* **Good**: Has a date',
      '* **Flag**:',
      '  - Blames',
      '  - Delegates',
      '',
    ].join('\n');
    const [question] = withCover(body, 'schema: 2\n').questions;
    expect(question).toMatchObject({
      id: 'hard-talk-1',
      text: 'Tell me about a hard talk.',
      answer: 'Outline.\n1. Setup.',
      probes: [{ kind: 'own-part', text: 'What exactly did you say?' }],
      good: ['Names the behaviour', 'Has a date'],
      redFlags: ['Blames', 'Delegates'],
    });
  });
});

describe('numbered lists', () => {
  it.each([
    '1. **Why?**\n   - *Answer*: So.\n',
    '1. **Why?**\n   *Answer*: So.\n',
    '1. **Why?**\n\n   So.\n',
    '1. **Why?** So.\n',
    '1) Why?\n   - **Answer**: So.\n',
    '1. Why?\n   *Answer*: So.\n',
    '1. **Why?**\n- **Answer**: So.\n',
    '- **Why?**\n  - *Answer*: So.\n',
    '* Why?\n  * *Answer*: So.\n',
  ])('reads %j under a level', (body) => {
    expect(shown(withCover(`## 🗣️ Interview Questions\n### Mid Level\n${body}`))).toEqual([['mid', 'Why?', 'So.']]);
  });

  it('keeps answer and discussion, code and maths', () => {
    const body = [
      '1. **Explain the trade-off.**',
      '   - *Answer*: It is $a^2 + b^2$:',
      '     ```py',
      '     x = 1',
      '     ```',
      '   - *Discussion*: It depends.',
      '2. **Would you do it again?**',
      '   - *Discussion*: Perhaps.',
      '',
    ].join('\n');
    expect(shown(withCover(`## Interview Questions\n### Senior\n${body}`))).toEqual([
      ['senior', 'Explain the trade-off.', 'It is $a^2 + b^2$:\n```py\nx = 1\n```\n\n- *Discussion*: It depends.'],
      ['senior', 'Would you do it again?', 'Perhaps.'],
    ]);
  });

  it('does not take the steps of an answer that follow at the margin as questions', () => {
    const pack = withCover('### Mid\n* **Q**: Why?\n* **A**:\n\n1. **Stop**. Breathe.\n2. **Ask**. Listen.\n');
    expect(shown(pack)).toEqual([['mid', 'Why?', '1. **Stop**. Breathe.\n2. **Ask**. Listen.']]);
  });

  it('takes no list outside questions and levels as questions', () => {
    const pack = withCover(
      '## Practice\n1. **Write five stories**\n2. Will you?\n\n## Aspects\n- STAR?\n',
      'questions: {mid: ["Why?"]}\n',
    );
    expect(shown(pack)).toEqual([['mid', 'Why?', undefined]]);
  });

  it('takes a topic and its question as one', () => {
    expect(shown(withCover('### Mid\n1. **Conflict**: what did you do?\n'))).toEqual([
      ['mid', 'Conflict: what did you do?', undefined],
    ]);
  });
});

describe('front matter', () => {
  it('reads lists without quotes', () => {
    const pack = read(
      '---\ntitle: T\ncategory: c\nquestions:\n  mid:\n    - Why do we test?\n    - How many is 3?\n  senior: [Who decides?]\n---\n',
    );
    expect(shown(pack).map(([level, text]) => `${level} ${text}`)).toEqual([
      'mid Why do we test?',
      'mid How many is 3?',
      'senior Who decides?',
    ]);
    expect(findings(pack)).toEqual([]);
  });

  it('puts a question with a colon and no quotes together again, with a warning', () => {
    const pack = read(
      '---\ntitle: T\ncategory: c\nquestions:\n  mid:\n    - Tell me about X: how did you do it?\n---\n',
    );
    expect(shown(pack)).toEqual([['mid', 'Tell me about X: how did you do it?', undefined]]);
    expect(findings(pack)).toEqual([
      'warning 6 the question has a colon: put “Tell me about X: how did you do it?” in quotes',
    ]);
  });

  it('puts a question cut at its commas together again, with a warning', () => {
    const pack = read(
      '---\ntitle: T\ncategory: c\nquestions:\n  mid: [How do you plan, build, and ship?, Why?]\n---\n',
    );
    expect(shown(pack).map(([, text]) => text)).toEqual(['How do you plan, build, and ship?', 'Why?']);
    expect(findings(pack)[0]).toContain('warning 5');
  });

  it('reads one text instead of a list, a list without levels, and levels in other spellings', () => {
    expect(shown(withCover('', 'questions: {senior: "Why?"}\n'))).toEqual([['senior', 'Why?', undefined]]);
    expect(shown(withCover('', 'questions: ["Why?"]\n'))).toEqual([['mid', 'Why?', undefined]]);
    expect(shown(withCover('', 'questions: {"Principal Level": ["Why?"]}\n'))).toEqual([
      ['principal', 'Why?', undefined],
    ]);
  });

  it('loads without category, skills and levels, and says what it took', () => {
    const pack = read('---\ntitle: Big Bets\nquestions: ["Why?"]\n---\n');
    expect(pack.questions).toMatchObject([
      { category: 'general', skills: ['general'], facet: 'big-bets', level: 'mid' },
    ]);
    expect(findings(pack)).toEqual([
      'warning 1 no `category`: taken as `general`, add one',
      'warning 3 no level for this question: taken as mid, put it under a level',
    ]);
  });

  it('takes the level a question names itself, and says when it is none', () => {
    const pack = withCover('', 'questions: {mid: [{q: "Why?", level: Staff+}, {q: "How?", level: expert}]}\n');
    expect(shown(pack).map(([level]) => level)).toEqual(['staff', 'mid']);
    expect(findings(pack)).toEqual(['warning 5 “expert” is not a level: write mid, senior, staff or principal']);
  });

  it('takes the first heading, or else the name of the file, for a missing title', () => {
    expect(read('---\ncategory: c\n---\n# Big Bets\n### Mid\n* **Q**: Why?\n').questions[0]?.title).toBe('Big Bets');
    expect(read('---\ncategory: c\nquestions: ["Why?"]\n---\n', 'a/hard-talks.md').questions[0]?.title).toBe(
      'Hard talks',
    );
  });

  it('loads a pack without a body, and one without questions with a warning', () => {
    expect(read('---\ntitle: T\ncategory: c\nlevels: [mid]\nquestions: {mid: ["Why?"]}\n---').questions).toHaveLength(
      1,
    );
    expect(findings(withCover('Nothing here.\n'))).toEqual([
      'warning 1 no questions in it: list them under `questions:` or as `* **Q**: …` under a level heading',
    ]);
  });

  it('skips Markdown without front matter', () => {
    expect(read('# How to write a pack\n').state).toBe('skipped');
    expect(read('').state).toBe('skipped');
    expect(read('----\nA rule, not front matter.\n').state).toBe('skipped');
  });

  it('reads everything a question of schema 2 may carry', () => {
    const front = [
      'schema: 2',
      'facet: Hard feedback',
      'skills: [Mentorship, "Stakeholder management"]',
      'license: CC-BY-4.0',
      'questions:',
      '  senior:',
      '    - id: hard-feedback-1',
      '      q: "How did you say it?"',
      '      type: behavioral',
      '      domain: [ml]',
      '      minutes: 4',
      '      probes: [{kind: evidence, text: "What changed?"}, "And then?"]',
      '      good: ["Own words"]',
      '      red_flags: ["Labels"]',
      '      outline: {setup: "a", action: "b", result: "c", reflection: "d", level_signal: "e"}',
      '      focus: [action]',
      '      status: draft',
      '      source: own',
      '',
    ].join('\n');
    const pack = withCover('', front);
    expect(findings(pack)).toEqual([]);
    expect(pack.questions).toEqual([
      {
        id: 'hard-feedback-1',
        text: 'How did you say it?',
        level: 'senior',
        skills: ['mentorship', 'stakeholder-management'],
        facet: 'hard-feedback',
        title: 'Example',
        category: 'must',
        type: 'behavioural',
        domain: ['ml'],
        minutes: 4,
        probes: [
          { kind: 'evidence', text: 'What changed?' },
          { kind: 'clarify', text: 'And then?' },
        ],
        good: ['Own words'],
        redFlags: ['Labels'],
        outline: { setup: 'a', action: 'b', result: 'c', reflection: 'd', level_signal: 'e' },
        focus: ['action'],
        status: 'draft',
        source: 'own',
        license: 'CC-BY-4.0',
        file: 'packs/example.md',
        line: 11,
      },
    ]);
  });

  it('says with a line what it left out of a question', () => {
    const front = [
      'questions:',
      '  mid:',
      '    - q: "Why?"',
      '      minutes: soon',
      '      redflags: ["Blames"]',
      '      type: funny',
      '      probes: [{kind: nosy, text: "And?"}, {kind: why}]',
      '      outline: {setup: "a"}',
      '      status: [draft]',
      '    - q: ""',
      '    - id: "Not An Id"',
      '      q: "How?"',
      '    - []',
      '',
    ].join('\n');
    const pack = withCover('', front);
    expect(pack.questions.map(({ text }) => text)).toEqual(['Why?']);
    expect(pack.findings.map(({ line, severity }) => `${severity} ${line}`).toSorted()).toEqual([
      'error 14',
      'error 15',
      'error 17',
      'warning 10',
      'warning 11',
      'warning 11',
      'warning 12',
      'warning 13',
      'warning 8',
      'warning 9',
    ]);
  });
});

describe('the same question in front matter and body', () => {
  it('is one question, with the answer of the body and the rest of the front matter', () => {
    const pack = withCover(
      '### Senior\n* **Q**: “Why not?”\n* **A**: So.\n* **P**: why — Really?\n',
      'questions: {senior: [{q: "Why not?", minutes: 5}]}\n',
    );
    expect(pack.questions).toMatchObject([
      { text: 'Why not?', answer: 'So.', minutes: 5, probes: [{ kind: 'why' }], line: 5 },
    ]);
    expect(findings(pack)).toEqual([]);
  });

  it('is found by its id when the words were edited, and the front matter wins with a warning', () => {
    const pack = withCover(
      '### Staff\n* **Q**: Why on earth not? <!-- id: why-1 -->\n* **A**: So.\n',
      'questions: {senior: [{id: why-1, q: "Why not?"}]}\n',
    );
    expect(shown(pack)).toEqual([['senior', 'Why not?', 'So.']]);
    expect(findings(pack)).toEqual([
      'warning 8 the level is senior in the front matter (line 5), which is kept: make them agree',
      'warning 8 the question has other words in the front matter (line 5), which is kept: make them agree',
    ]);
  });

  it('is two questions when it is asked at two levels on purpose', () => {
    const pack = withCover('', 'questions: {mid: ["Why?"], senior: ["Why?"]}\n');
    expect(new Set(pack.questions.map(({ id }) => id)).size).toBe(2);
    expect(findings(pack)).toEqual([]);
  });

  it('is kept once when a list has it twice, with a warning', () => {
    const pack = withCover('### Mid\n* **Q**: How?\n* **Q**: how\n', 'questions: {mid: ["Why?", "why ?"]}\n');
    expect(pack.questions.map(({ text }) => text)).toEqual(['Why?', 'How?']);
    expect(pack.findings.map(({ line }) => line)).toEqual([5, 9]);
  });
});

describe('an id', () => {
  const idOf = (front: string, body = '') => withCover(body, front).questions.map(({ id }) => id);

  it('stays when other questions come, go and change, and when only looks change', () => {
    const [id] = idOf('questions: {senior: ["Why do we test?"]}\n');
    expect(id).toMatch(/^example-senior-[0-9a-f]{8}$/);
    expect(idOf('questions: {mid: ["New?"], senior: ["Other?", "Why do we test?"]}\n')).toContain(id);
    expect(idOf('questions: {senior: ["why do we  test"]}\n')).toEqual([id]);
    expect(idOf('', '### Senior\n* **Q**: Why do we *test*?\n')).toEqual([id]);
  });

  it('says nothing of the file it stands in', () => {
    const text = '---\ntitle: Example\ncategory: c\nquestions: {mid: ["Why?"]}\n---\n';
    expect(read(text, 'a/b.md').questions[0]?.id).toBe(read(text, 'c/d/e.md').questions[0]?.id);
    const untitled = '---\ncategory: c\nquestions: {mid: ["Why?"]}\n---\n';
    expect(read(untitled, 'a/b.md').questions[0]?.id).toBe(read(untitled, 'a/c.md').questions[0]?.id);
  });

  it('is short and plain whatever the script and length of the title', () => {
    for (const title of ['質問と回答', 'Ünïcode & “quotes”', 'long '.repeat(50), '🎉']) {
      const [question] = read(
        `---\ntitle: '${title}'\ncategory: c\nskills: ['質問']\nquestions: {principal: ["何?"]}\n---\n`,
      ).questions;
      expect(question?.id).toMatch(/^[a-z0-9][a-z0-9-]{0,62}[a-z0-9]$/);
      expect(question?.skills[0]).toMatch(/^[a-z0-9-]+$/);
      expect(question?.facet).toMatch(/^[a-z0-9-]+$/);
    }
  });
});
