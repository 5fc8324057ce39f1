/** Zone names: which ones are real, their one spelling, and what somebody probably meant. */

const MOST_TYPED = 64;

/** Names the runtime's data still lists under an older spelling. */
const TODAYS_NAME: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Louisville': 'America/Kentucky/Louisville',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** What people call a zone that is named after another city. Abbreviations are not zones: they forget the summer. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  'America/Chicago': 'cst cdt central us-central dallas houston austin texas minneapolis',
  'America/Denver': 'mst mdt mountain utah colorado salt-lake-city',
  'America/Los_Angeles': 'pst pdt pt pacific california san-francisco sf seattle la portland san-diego',
  'America/New_York': 'est edt et eastern nyc boston washington miami atlanta philadelphia usa us',
  'America/Sao_Paulo': 'brazil brasilia rio rio-de-janeiro brt',
  'America/Toronto': 'canada montreal ottawa',
  'America/Mexico_City': 'mexico',
  'Asia/Dubai': 'uae emirates abu-dhabi',
  'Asia/Ho_Chi_Minh': 'vietnam saigon hanoi',
  'Asia/Jerusalem': 'israel tel-aviv',
  'Asia/Kolkata': 'india ist calcutta bangalore bengaluru mumbai delhi new-delhi hyderabad chennai pune',
  'Asia/Seoul': 'korea south-korea kst',
  'Asia/Shanghai': 'china beijing shenzhen guangzhou hangzhou',
  'Asia/Tokyo': 'japan jst osaka kyoto',
  'Australia/Sydney': 'australia aest aedt canberra',
  'Europe/Amsterdam': 'netherlands holland rotterdam',
  'Europe/Berlin': 'germany cet cest munich hamburg cologne frankfurt stuttgart',
  'Europe/Bucharest': 'romania cluj',
  'Europe/Dublin': 'ireland',
  'Europe/Kyiv': 'ukraine lviv kiev',
  'Europe/Lisbon': 'portugal porto wet',
  'Europe/London': 'uk england britain gb bst edinburgh manchester scotland',
  'Europe/Madrid': 'spain barcelona',
  'Europe/Paris': 'france lyon',
  'Europe/Rome': 'italy milan',
  'Europe/Stockholm': 'sweden gothenburg',
  'Europe/Warsaw': 'poland krakow wroclaw',
  'Europe/Zurich': 'switzerland geneva basel bern',
  'Pacific/Auckland': 'new-zealand nz wellington',
  UTC: 'gmt zulu z utc+0',
};

/** Whether `text` names a zone that follows a place's clock changes: `Europe/Berlin`, `UTC`; not `EST`, not `+02:00`. */
export function isZone(text: string): boolean {
  return canonicalZone(text) !== undefined;
}

/** The one spelling of a zone's name: `europe/berlin` → `Europe/Berlin`, `Asia/Calcutta` → `Asia/Kolkata`. */
export function canonicalZone(text: string): string | undefined {
  const name = text.trim().replaceAll(' ', '_');
  return /^(?:[a-z]+(?:\/[a-z0-9_+-]+)+|utc|gmt)$/i.test(name) ? resolve(name) : undefined;
}

/** The likeliest zones for what somebody typed, best first: `Berlin` → `Europe/Berlin`. At most `most`, often none. */
export function suggestZones(text: string, most = 3): readonly string[] {
  const typed = plain(text.trim().slice(0, MOST_TYPED));
  if (typed === '') return [];
  const scored: { readonly zone: string; readonly score: number }[] = [];
  const exact = canonicalZone(text) ?? (/^[a-z]+$/i.test(typed) && typed.length > 3 ? resolve(text.trim()) : undefined);
  for (const zone of knownZones()) {
    const score = zone === exact ? 0 : distanceTo(zone, typed);
    if (score !== undefined) scored.push({ zone, score });
  }
  scored.sort((a, b) => a.score - b.score || (a.zone < b.zone ? -1 : 1));
  return scored.slice(0, most).map((one) => one.zone);
}

let known: readonly string[] | undefined;

/** Every zone of the runtime under today's name, `UTC` first. */
export function knownZones(): readonly string[] {
  known ??= ['UTC', ...Intl.supportedValuesOf('timeZone').map((zone) => TODAYS_NAME[zone] ?? zone)];
  return known;
}

function resolve(name: string): string | undefined {
  try {
    const zone = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    return TODAYS_NAME[zone] ?? zone;
  } catch {
    return undefined;
  }
}

/** Letters and digits alone count, so `New York`, `new_york` and `São Paulo` find their zones. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9/+]/g, '');
}

/** How far `typed` is from a zone; undefined: nobody would have meant it. */
function distanceTo(zone: string, typed: string): number | undefined {
  const whole = plain(zone);
  const city = whole.slice(whole.lastIndexOf('/') + 1);
  if (typed === city || typed === whole) return 0;
  const nicknames = (ALSO_CALLED[zone] ?? '').split(' ').map(plain);
  if (nicknames.includes(typed)) return 0.5;
  if (typed.length >= 3 && city.startsWith(typed)) return 1;
  if (typed.length >= 3 && whole.includes(typed)) return 2;
  if (typed.length < 4) return undefined;
  const slips = Math.min(...[whole, city, ...nicknames].map((name) => slipsBetween(name, typed)));
  return slips <= Math.max(1, Math.floor(typed.length / 4)) ? 2 + slips : undefined;
}

/** Levenshtein distance: how many letters were added, lost or mistaken. */
function slipsBetween(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const mistaken = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(mistaken, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[b.length] ?? 0;
}
