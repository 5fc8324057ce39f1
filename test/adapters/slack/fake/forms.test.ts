/** A person's form: what stands in it, what Slack's own client lets through, and how the app is told. */
import { describe, expect, it } from 'vitest';
import { actionOf, filledIn, initialOf, inputsOf, stateOf } from '../../../support/fake-slack/forms.ts';
import type { FakeView } from '../../../support/fake-slack/types.ts';
import type { Json } from '../../../support/fake-slack/wire.ts';

const plain = (text: string): Json => ({ type: 'plain_text', text });
const option = (value: string): Json => ({ text: plain(value.toUpperCase()), value });
const OPTIONS = { options: ['a', 'b', 'c'].map(option) };

const input = (blockId: string, element: Json, more: Json = {}): Json => ({
  type: 'input',
  block_id: blockId,
  label: plain(blockId),
  element: { action_id: 'value', ...element },
  ...more,
});

const form = (blocks: readonly Json[], typed: Readonly<Record<string, string>> = {}): FakeView => ({
  id: 'V1',
  hash: '1.h',
  user: 'U1',
  view: { type: 'modal', blocks },
  errors: {},
  typed,
});

describe('what is filled in', () => {
  it.each<[string, Json, string, Json]>([
    ['plain_text_input', {}, 'hi', { value: 'hi' }],
    ['plain_text_input', {}, '', { value: null }],
    ['number_input', {}, '12.5', { value: '12.5' }],
    ['email_text_input', {}, 'a@b.example', { value: 'a@b.example' }],
    ['url_text_input', {}, 'https://example.org', { value: 'https://example.org' }],
    ['static_select', OPTIONS, 'b', { selected_option: option('b') }],
    ['static_select', OPTIONS, '', { selected_option: null }],
    ['static_select', { option_groups: [{ label: plain('g'), ...OPTIONS }] }, 'c', { selected_option: option('c') }],
    ['radio_buttons', OPTIONS, 'a', { selected_option: option('a') }],
    ['checkboxes', OPTIONS, 'a,c', { selected_options: [option('a'), option('c')] }],
    ['multi_static_select', OPTIONS, '', { selected_options: [] }],
    ['users_select', {}, 'U2', { selected_user: 'U2' }],
    ['channels_select', {}, 'C2', { selected_channel: 'C2' }],
    ['conversations_select', {}, 'C2', { selected_conversation: 'C2' }],
    ['multi_users_select', {}, 'U2,U3', { selected_users: ['U2', 'U3'] }],
    ['datepicker', {}, '2027-03-01', { selected_date: '2027-03-01' }],
    ['timepicker', {}, '', { selected_time: null }],
  ])('in a %s is told as Slack tells it', (type, facts, value, told) => {
    const [one] = inputsOf([input('x', { type, ...facts }, { optional: true })]);
    expect(one && stateOf(one, value)).toEqual({ type, ...told });
  });

  it.each<[string, Json, string, string]>([
    ['nothing where something is needed', { type: 'plain_text_input' }, '', 'has to be filled in'],
    ['no choice where one is needed', { type: 'checkboxes', ...OPTIONS }, '', 'has to be filled in'],
    ['an option that is not there', { type: 'static_select', ...OPTIONS }, 'z', 'has no option z'],
    ['more than may be chosen', { type: 'multi_static_select', ...OPTIONS, max_selected_items: 1 }, 'a,b', '1 at most'],
    ['a text too long', { type: 'plain_text_input', max_length: 3 }, 'four', 'too long'],
    ['a text too short', { type: 'plain_text_input', min_length: 5 }, 'four', 'too short'],
    ['a text longer than any', { type: 'plain_text_input' }, 'x'.repeat(3001), 'too long'],
    ['a word for a number', { type: 'number_input' }, 'four', 'not a number'],
    ['a word for an address', { type: 'email_text_input' }, 'four', 'not an address'],
    ['a word for a link', { type: 'url_text_input' }, 'four', 'not a link'],
  ])('is not let through: %s', (_, element, value, why) => {
    expect(() => filledIn(form([input('x', element)]), { x: value })).toThrow(why);
  });

  it('is not let through where the form has no such field', () => {
    expect(() => filledIn(form([input('x', { type: 'plain_text_input' })]), { y: '' })).toThrow('the form has no y: x');
  });
});

describe('what is not filled in', () => {
  it.each<[string, Json, string]>([
    ['plain_text_input', { initial_value: 'hi' }, 'hi'],
    ['static_select', { ...OPTIONS, initial_option: option('b') }, 'b'],
    ['checkboxes', { ...OPTIONS, initial_options: [option('b'), option('c')] }, 'b,c'],
    ['users_select', { initial_user: 'U2' }, 'U2'],
    ['multi_users_select', { initial_users: ['U2', 'U3'] }, 'U2,U3'],
    ['datepicker', {}, ''],
  ])('keeps what stood in a %s at first', (type, facts, expected) => {
    expect(initialOf({ type, ...facts })).toBe(expected);
  });

  it('keeps what was typed before, over what stood there at first', () => {
    const blocks = ['a', 'b', 'c'].map((id) => input(id, { type: 'plain_text_input', initial_value: 'at first' }));
    expect(filledIn(form(blocks, { b: 'before', c: 'before' }), { c: 'now' })).toMatchObject({
      a: { value: { value: 'at first' } },
      b: { value: { value: 'before' } },
      c: { value: { value: 'now' } },
    });
  });

  it('in a block that may stay empty is told as empty', () => {
    const blocks = [input('x', { type: 'plain_text_input' }, { optional: true })];
    expect(filledIn(form(blocks), {})).toEqual({ x: { value: { type: 'plain_text_input', value: null } } });
  });

  it('counts for selects beside text, too', () => {
    const accessory = { type: 'static_select', action_id: 'pick', ...OPTIONS, initial_option: option('a') };
    const section = { type: 'section', block_id: 's', text: plain('x'), accessory };
    expect(filledIn(form([section]), {})).toMatchObject({ s: { pick: { selected_option: option('a') } } });
  });
});

describe('a click', () => {
  it('tells of a button its value, of a select what was chosen and not what else could be', () => {
    const block = { type: 'actions', block_id: 'b' };
    const button = { type: 'button', action_id: 'go', text: plain('Go'), value: '7', style: 'primary' };
    expect(actionOf(block, button, undefined, '1.000000')).toEqual({
      ...button,
      block_id: 'b',
      action_ts: '1.000000',
    });
    const select = { type: 'static_select', action_id: 'pick', placeholder: plain('…'), ...OPTIONS };
    expect(actionOf(block, select, 'b', '1.000000')).toEqual({
      type: 'static_select',
      action_id: 'pick',
      placeholder: plain('…'),
      selected_option: option('b'),
      block_id: 'b',
      action_ts: '1.000000',
    });
  });
});
