/** A mock's stage in the local chat: the real program, and the page's own addresses. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { MessageView } from '../../../adapters/local/view.ts';
import { readConfig } from '../../../src/config.ts';
import { openClock } from '../../../src/core/clock.ts';
import { serve } from '../../../src/main.ts';
import { type Got, openPage, type Page } from '../../support/local-page.ts';
import { wordsOf } from '../local/words.ts';
import { logInto } from '../slack/practice.ts';
import type { Actor, Stage } from './stage.ts';

const HOW_LONG = { timeout: 15_000, interval: 20 };
const CHANNEL = 'channel interview-practice';

/** Every message of every conversation this person is in, oldest first. */
async function sightOf(page: Page, person: string): Promise<MessageView[]> {
  const { channels, rooms } = await page.start(person);
  const places = [...channels.map(({ place }) => place), `dm ${person}`, ...rooms.map(({ ref }) => `room ${ref}`)];
  const all = await Promise.all(places.map((place) => page.messages(person, place)));
  return all.flat().toSorted((a, b) => a.born - b.born);
}

const buttonIn = ({ card }: MessageView, label: string) =>
  (card?.blocks ?? [])
    .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
    .find((button) => button.label === label);

function actorOf(page: Page, url: string, person: string): Actor {
  let open: Extract<Got, { kind: 'ask' }> | undefined;
  const act = async (name: string, ask: Readonly<Record<string, unknown>>): Promise<void> => {
    const got = await page.post(person, name, ask);
    expect(got.kind).not.toBe('reject');
    if (got.kind === 'ask') open = got;
  };
  const words = async (): Promise<string> => {
    const seen = await sightOf(page, person);
    const files = await Promise.all(seen.filter(({ file }) => file).map(({ ref }) => download(url, person, ref)));
    return [...seen.map(wordsOf), ...files].join('\n');
  };
  const withButton = async (label: string): Promise<MessageView> => {
    const find = async () => (await sightOf(page, person)).findLast((view) => buttonIn(view, label));
    await expect
      .poll(async () => (await find()) !== undefined, { ...HOW_LONG, message: `${person}: ${label}` })
      .toBe(true);
    return (await find())!;
  };
  return {
    id: person,
    mock: (level, partner) =>
      act('command', { place: CHANNEL, text: `/mock ${level}${partner === undefined ? '' : ` @${partner.id}`}` }),
    sees: async (text) => {
      await expect.poll(words, { ...HOW_LONG, message: `${person} should see ${text}` }).toContain(text);
    },
    async presses(label) {
      const view = await withButton(label);
      await act('press', { ref: view.ref, on: buttonIn(view, label)?.on });
    },
    async fills(values) {
      if (!open) throw new Error(`${person} has no form open`);
      const { form, place } = open;
      open = undefined;
      await act('submit', { on: form.on, place, values });
    },
    async writes(text) {
      const { place } = await withButton('That is my answer');
      await act('say', { place, text });
    },
    everything: words,
  };
}

async function download(url: string, person: string, ref: string): Promise<string> {
  const address = new URL(`/files/${encodeURIComponent(ref)}?${new URLSearchParams({ person }).toString()}`, url);
  const got = await fetch(address, { headers: { origin: url, 'sec-fetch-site': 'same-origin' } });
  return got.text();
}

export async function localStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-mock-'));
  const logged: (readonly [string, string, unknown])[] = [];
  const world = openClock();
  const greenroom = await serve(readConfig({ PORT: '0', DATA_DIR: folder }), 'Europe/Berlin', logInto(logged), world);
  const page = openPage(greenroom.url, (request) => fetch(request));
  const people = { Ana: actorOf(page, greenroom.url, 'ana'), Bo: actorOf(page, greenroom.url, 'bo') };
  return {
    begin: async () => {},
    someone: (name) => people[name],
    pass: async (minutes) => world.setOffset(world.offset() + minutes * 60_000),
    trouble: () => logged.filter(([level]) => level === 'error'),
    async close() {
      await greenroom.stop();
      await rm(folder, { recursive: true });
    },
  };
}
