/** What a line that begins with a slash could become: commands, their options, and people. */
import { ask } from './api.js';
import { state } from './state.js';

const usage = ({ args }) =>
  args.map(({ name, kind, required }) => {
    const word = kind === 'person' ? `@${name}` : name;
    return required ? word : `[${word}]`;
  });

/** `/practice setup` and, where it has one, its short form. */
const spellings = ({ name, alias }) => [...(alias ? [`/${alias}`] : []), `/${state.surface.root} ${name}`];

/**
 * Proposals for `line`, the text up to the caret.
 * @returns {Promise<{insert: string, label: string, args?: string, about?: string}[]>}
 */
export async function propose(line, place) {
  if (!line.startsWith('/') || line.includes('\n')) return [];
  const spoken = commandIn(line);
  if (spoken) return options(spoken, place);
  const typed = line.toLowerCase();
  return state.surface.commands
    .filter((command) => spellings(command).some((spelling) => isBegun(spelling, typed, command)))
    .map((command) => ({
      insert: `${spellings(command)[0]}${command.args.length > 0 ? ' ' : ''}`,
      label: spellings(command)[0],
      args: usage(command).join(' '),
      about: `${command.summary}${command.admin ? ' (admins)' : ''}`,
    }));
}

const isBegun = (spelling, typed, { name }) =>
  spelling.startsWith(typed) || (/^\/\S*$/.test(typed) && name.startsWith(typed.slice(1)));

/** The command a line has named in full, and what follows it. */
function commandIn(line) {
  const named = state.surface.commands
    .flatMap((command) => spellings(command).map((spelling) => ({ command, spelling })))
    .filter(({ spelling }) => line.toLowerCase().startsWith(`${spelling} `))
    .toSorted((a, b) => b.spelling.length - a.spelling.length)[0];
  return named && { ...named, rest: line.slice(named.spelling.length + 1) };
}

async function options({ command, spelling, rest }, place) {
  const before = rest.split(/\s+/);
  const typed = before.pop() ?? '';
  const head = [spelling, ...before].join(' ');
  const insert = (value) => `${head} ${value} `;
  const found = command.args.flatMap((arg) => known(arg, typed).map((one) => ({ ...one, insert: insert(one.value) })));
  const open = command.args.find(({ completes }) => completes);
  if (open) {
    const asked = { place, command: command.name, option: open.name, typed };
    const { options: more } = await ask('complete', asked).catch(() => ({ options: [] }));
    found.push(...more.map(({ label, value }) => ({ label, insert: insert(value), about: open.summary })));
  }
  const isFresh = typed === '' && before.length === 0;
  const examples = isFresh
    ? command.examples.map((example) => ({
        insert: `/${state.surface.root} ${example}`,
        label: example,
        about: 'For example',
      }))
    : [];
  const fresh = found.filter(({ value }) => value === undefined || !before.includes(value));
  return [...fresh, ...examples].slice(0, 12);
}

function known(arg, typed) {
  const low = typed.toLowerCase();
  if (arg.kind === 'choice' || arg.options)
    return (arg.options ?? [])
      .filter(({ value, label }) => value.startsWith(low) || label.toLowerCase().startsWith(low))
      .map(({ label, value }) => ({ label: value, value, about: label === value ? arg.summary : label }));
  if (arg.kind === 'person')
    return state.people
      .filter(({ id }) => id !== state.you.id && `@${id}`.startsWith(low === '' ? '@' : low))
      .map(({ id, name }) => ({ label: `@${id}`, value: `@${id}`, about: `${name}: ${arg.summary}` }));
  return [];
}
