/** A form is filled in as a person fills it in: what stands there stays, and the client holds back what does not fit. */
import { describe, expect, it } from 'vitest';
import { fillIn, type Typed } from '../../../support/fake-discord/hands/form.ts';
import type { Json } from '../../../support/fake-discord/model.ts';

const label = (component: Json): readonly Json[] => [
  { type: 18, label: 'One', component: { custom_id: 'one', ...component } },
];
const sent = (component: Json, typed: Typed): unknown => {
  const [part] = fillIn(label(component), typed);
  const inside = part?.['component'] as Json;
  return 'value' in inside ? inside['value'] : inside['values'];
};

const TEXT = { type: 4, style: 1 };
const OPTIONS = [
  { label: 'A', value: 'a' },
  { label: 'B', value: 'b', default: true },
];
const SELECT = { type: 3, options: OPTIONS };
const RADIO = { type: 21, options: OPTIONS };
const BOXES = { type: 22, options: OPTIONS };

describe('what is sent', () => {
  it.each<[string, Json, Typed, unknown]>([
    ['what was typed', TEXT, { one: 'mine' }, 'mine'],
    ['what stood there', { ...TEXT, value: 'before' }, {}, 'before'],
    ['what was typed over it', { ...TEXT, value: 'before' }, { one: 'after' }, 'after'],
    ['nothing, where nothing is required', { ...TEXT, required: false }, {}, ''],
    ['the option that was chosen before', SELECT, {}, ['b']],
    ['the option that is chosen', SELECT, { one: 'a' }, ['a']],
    ['the radio button that stood', RADIO, {}, 'b'],
    ['another radio button', RADIO, { one: 'a' }, 'a'],
    ['no radio button, where none is required', { type: 21, options: OPTIONS.slice(0, 1), required: false }, {}, null],
    ['the boxes that stood', BOXES, {}, ['b']],
    ['both boxes', BOXES, { one: ['a', 'b'] }, ['a', 'b']],
    ['no box', { ...BOXES, required: false }, { one: [] }, []],
    ['a single box', { type: 23 }, { one: 'true' }, true],
    ['a single box left alone', { type: 23, default: true }, {}, true],
    ['people', { type: 5, max_values: 2 }, { one: ['1', '2'] }, ['1', '2']],
    ['the channel that stood', { type: 8, default_values: [{ id: '5', type: 'channel' }] }, {}, ['5']],
  ])('is %s', (_, component, typed, value) => {
    expect(sent(component, typed)).toEqual(value);
  });

  it('has text displays by their place, and rows as they were', () => {
    expect(
      fillIn(
        [
          { type: 10, content: 'Read' },
          { type: 1, components: [{ ...TEXT, custom_id: 'old' }] },
        ],
        { old: 'x' },
      ),
    ).toMatchObject([
      { type: 10, id: 1 },
      { type: 1, components: [{ type: 4, custom_id: 'old', value: 'x' }] },
    ]);
  });
});

describe('what is held back', () => {
  it.each<[string, Json, Typed, string]>([
    ['nothing where something is required', TEXT, {}, 'is required'],
    ['too short a text', { ...TEXT, min_length: 3 }, { one: 'ab' }, 'too short'],
    ['too long a text', { ...TEXT, max_length: 3 }, { one: 'abcd' }, 'too long'],
    ['an option there is not', SELECT, { one: 'c' }, 'no option c'],
    ['two options of one', SELECT, { one: ['a', 'b'] }, 'too many'],
    ['a radio button there is not', RADIO, { one: 'c' }, 'no option c'],
    ['no radio button', { type: 21, options: OPTIONS.slice(0, 1) }, {}, 'is required'],
    ['too few boxes', { ...BOXES, min_values: 2 }, { one: ['a'] }, 'too few'],
    ['a field there is not', TEXT, { one: 'x', two: 'y' }, 'has no two'],
    ['a file', { type: 19 }, {}, 'wants a file'],
  ])('is %s', (_, component, typed, why) => {
    expect(() => sent(component, typed)).toThrow(why);
  });
});
