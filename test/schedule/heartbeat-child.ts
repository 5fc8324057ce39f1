/**
 * Runs the heartbeat under a clock that moves only when told, and prints when it beat. The host's zone comes from TZ.
 * Arguments: the first instant, how many minutes, how many milliseconds the machine sleeps first, and a mood: `leave` the
 * host's zone as the product does, `stay` in it, `break` in every beat, or be `slow`.
 */

const [from = '', minutes = '0', nap = '0', mood = 'leave'] = process.argv.slice(2);

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

let now = Date.parse(from);
const timers = new Set<Timer>();

class ToldDate extends Date {
  constructor(...given: [] | [number | string | Date]) {
    super(given.length === 0 ? now : given[0]);
  }
  static override now(): number {
    return now;
  }
}

function setToldTimeout(run: () => void, delay = 0): Timer {
  const timer = { due: now + Math.max(1, delay), run };
  timers.add(timer);
  return timer;
}

function nextTimer(): Timer | undefined {
  return [...timers].toSorted((a, b) => a.due - b.due)[0];
}

async function settle(): Promise<void> {
  await new Promise<void>((done) => setImmediate(done));
}

async function moveTo(end: number): Promise<void> {
  for (let next = nextTimer(); next !== undefined && next.due <= end; next = nextTimer()) {
    timers.delete(next);
    // Timers of a process that slept run late, not in the past.
    now = Math.max(now, next.due);
    next.run();
    await settle();
  }
  now = end;
}

const start = now;
const end = start + Number(minutes) * 60_000;
const offsets = [new Date(start).getTimezoneOffset(), new Date(end).getTimezoneOffset()];
Object.assign(globalThis, {
  Date: ToldDate,
  setTimeout: setToldTimeout,
  clearTimeout: (timer: Timer | undefined) => timer && timers.delete(timer),
});
const { leaveHostZone } = await import('../../src/schedule/host-zone.ts');
const zone = mood === 'stay' ? 'not left' : leaveHostZone(process.env);
const { startHeartbeat } = await import('../../src/schedule/heartbeat.ts');

const beats: string[] = [];
const failures: string[] = [];
const heartbeat = startHeartbeat(
  async () => {
    beats.push(new Date().toISOString());
    if (mood === 'break') throw new Error('the engine is not ready');
    if (mood === 'slow') await new Promise<void>((done) => setToldTimeout(done, 90_000));
  },
  (error) => failures.push(String(error)),
);
now += Number(nap);
await moveTo(end);
await heartbeat.stop();
process.stdout.write(JSON.stringify({ zone, offsets, beats, failures }));
