/** What a check finds, and the checks that need a configuration first. */
import { ConfigError, readConfig } from '../config.ts';
import type { Config, Environment } from '../config.ts';

export interface Finding {
  readonly verdict: 'ok' | 'warn' | 'fail';
  readonly about: string;
  readonly said: string;
  /** What to do, where `said` does not tell it already. */
  readonly mend?: string;
}

export type Check = (env: Environment | undefined) => Promise<readonly Finding[]>;

export const ok = (about: string, said: string): Finding => ({ verdict: 'ok', about, said });
export const warn = (about: string, said: string, mend: string): Finding => ({ verdict: 'warn', about, said, mend });
export const fail = (about: string, said: string, mend: string): Finding => ({ verdict: 'fail', about, said, mend });

/** Finds nothing while the configuration cannot be read; that is a finding of its own. */
export const withConfig =
  (check: (config: Config) => Promise<readonly Finding[]>): Check =>
  async (env) => {
    try {
      return await check(readConfig(env, 'tool'));
    } catch (error) {
      if (error instanceof ConfigError) return [];
      throw error;
    }
  };
