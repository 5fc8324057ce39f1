/** Says in one line why a question is asked today. */

/** Where a skill stands against its share of the posts so far. */
export interface Standing {
  readonly count: number;
  readonly total: number;
  readonly target: number;
  /** The mean, if it is the lowest of the team's. */
  readonly lowest: number | undefined;
}

/** @param again the whole pool has been asked and begins anew with this post */
export function explain(skill: string, standing: Standing, again: boolean): string {
  const { count, total, lowest } = standing;
  const target = Math.round(standing.target);
  const name = sayName(skill);
  const low = lowest === undefined ? '' : `; lowest team mean (${lowest.toFixed(1)})`;
  const anew = again ? ' Every question has been asked: they begin again.' : '';
  if (total === 0) return `${name} opens the series${low}.${anew}`;
  const verb = standing.target >= count ? 'is due' : 'is next';
  const aim = target === 0 ? '' : `, target ${target}`;
  return `${name} ${verb}: ${count} of ${total} so far${aim}${low}.${anew}`;
}

/** `stakeholder-management` → `Stakeholder management` */
export function sayName(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
