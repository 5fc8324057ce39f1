/** Why a call to Slack failed, in a word fit for a log. */
import { codeOf } from '../failure.ts';

/** Slack's code, or the kind of error: its own words may carry more than a log should. */
export const reasonOf = (error: unknown): string => codeOf(error) ?? (error instanceof Error ? error.name : '?');
