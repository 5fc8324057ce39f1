/** Moments as the platforms write them for a reader in Berlin. */
const ZONE = 'Europe/Berlin';
const write = (seconds: number, options: Intl.DateTimeFormatOptions, locale: string): string =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone: ZONE }).format(new Date(seconds * 1000));

const DAY = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** `{date_short_pretty} at {time}`. */
export const onSlack = (seconds: number, format: string): string =>
  format
    .replace('{date_short_pretty}', write(seconds, { month: 'short', day: 'numeric', year: 'numeric' }, 'en-US'))
    .replace('{time}', write(seconds, { hour: 'numeric', minute: '2-digit' }, 'en-US'));

const ON_DISCORD: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: CLOCK,
  D: DAY,
  F: { weekday: 'long', ...DAY, ...CLOCK },
};

/** `<t:seconds:F>`. */
export const onDiscord = (seconds: number, style: string): string =>
  write(seconds, ON_DISCORD[style] ?? { ...DAY, ...CLOCK }, 'en-GB').replace(' at ', ', ');
