/** What a person typed into Slack's box, as Slack hands it on: entities, links and mentions in its own notation. */
import type { Workspace } from './model.ts';
import { botAsUser } from './wire.ts';

const TRAILING = /[.,;:!?)\]'"]+$/;
const WORD = /https?:\/\/[^\s<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w/])[@#][\p{L}\p{N}_.-]+/giu;

export const escapeEntities = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function mark(workspace: Workspace, word: string): string | undefined {
  if (/^https?:/i.test(word)) return `<${escapeEntities(word)}>`;
  if (!/^[@#]/.test(word)) return `<mailto:${word}|${word}>`;
  const name = word.slice(1);
  if (word.startsWith('#')) {
    const channel = [...workspace.channels.values()].find((one) => one.name === name && one.kind !== 'im');
    return channel && `<#${channel.id}|${channel.kind === 'public' ? name : ''}>`;
  }
  if (['channel', 'here', 'everyone'].includes(name)) return `<!${name}>`;
  const user = [...workspace.users.values(), botAsUser(workspace)].find((one) => one.name === name);
  return user && `<@${user.id}>`;
}

/** `@name` of somebody who is there becomes a mention, as when it is picked from Slack's list; an address becomes a link. */
export function typedText(workspace: Workspace, text: string): string {
  let out = '';
  let last = 0;
  for (const found of text.matchAll(WORD)) {
    const word = found[0].replace(TRAILING, '');
    const marked = mark(workspace, word);
    if (marked === undefined) continue;
    out += escapeEntities(text.slice(last, found.index)) + marked;
    last = found.index + word.length;
  }
  return out + escapeEntities(text.slice(last));
}

/** What follows a slash command: `escaped` when the command is set up with `should_escape`, else entities alone. */
export function commandText(workspace: Workspace, text: string, escaped: boolean): string {
  if (!escaped) return escapeEntities(text);
  return typedText(workspace, text).replace(/<@(\w+)>/g, (whole, id: string) => {
    const user = workspace.users.get(id);
    return user ? `<@${id}|${user.name}>` : whole;
  });
}
