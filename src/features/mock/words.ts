/** Small words that the cards of a mock share. */
import { LIMITS } from '../../chat/limits.ts';
import type { Action, Button } from '../../chat/message.ts';
import { cut } from '../../chat/text.ts';

export const on = (name: string, subject: string): Action => ({ feature: 'mock', name, subject });
export const button = (label: string, name: string, subject: string, style?: Button['style']): Button => ({
  label: cut(label, LIMITS.buttonLabel),
  on: on(name, subject),
  ...(style === undefined ? {} : { style }),
});
export const spaced = (slug: string): string => cut(slug.replaceAll('-', ' '), 60);
export const titled = (what: string): string => cut(what, LIMITS.title);
/** `was imagined` or `happened`: what the two types of question ask about. */
export const typeWords = (type: string): string => (type === 'situational' ? 'an imagined situation' : 'a past event');
