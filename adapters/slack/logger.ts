/** Our log as the logger Slack's packages expect. Only warnings and worse pass: below that they write message texts. */
import { LogLevel, type Logger } from '@slack/logger';
import type { Log } from '../../src/chat/world.ts';

/** `of` names the part that speaks, as in `slack bolt: …`. Secrets are redacted behind `log`. */
export function makeLogger(log: Log, of: string): Logger {
  const say =
    (how: 'warn' | 'error') =>
    (...said: unknown[]): void => {
      const error = said.find((part) => part instanceof Error);
      const words =
        said.filter((part) => typeof part === 'string').join(' ') || (error?.message ?? 'something happened');
      log[how](`slack ${of}: ${words}`, error ? { error } : undefined);
    };
  return {
    debug: () => {},
    info: () => {},
    warn: say('warn'),
    error: say('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
