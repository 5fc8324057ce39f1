/** Talks to the local chat: requests, and the live stream with its reconnects. */
import { state, tell } from './state.js';

export class Trouble extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function read(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Trouble(body.problem ?? 'That did not go through. Try it once more.', response.status);
  return body;
}

/** One of the chat's requests, as the person at the page. Throws {@link Trouble} in words for them. */
export async function ask(name, body = {}) {
  const response = await fetch(`/api/${name}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ person: state.you.id, ...body }),
  }).catch(() => undefined);
  if (!response) throw new Trouble('Greenroom does not answer. Your words are kept here; try again in a moment.');
  return read(response);
}

export async function look(path, query) {
  const response = await fetch(`/api/${path}?${new URLSearchParams(query)}`).catch(() => undefined);
  if (!response) throw new Trouble('Greenroom does not answer.');
  return read(response);
}

let source;
let retry;

/** Follows everything `person` may see from `cursor` on. Topics told: message, clock, people, anew, link. */
export function follow(person, cursor) {
  source?.close();
  clearTimeout(retry);
  source = new EventSource(`/events?${new URLSearchParams({ person, since: cursor })}`);
  let last = cursor;
  const hears = (name, topic) =>
    source.addEventListener(name, (event) => {
      if (event.lastEventId) last = event.lastEventId;
      tell(topic, JSON.parse(event.data));
    });
  hears('message', 'message');
  hears('clock', 'clock');
  hears('people', 'people');
  hears('anew', 'anew');
  source.addEventListener('hello', (event) => {
    tell('link', true);
    tell('clock', JSON.parse(event.data));
  });
  source.addEventListener('error', () => {
    tell('link', false);
    // The browser gives up by itself only after an answer that is no stream.
    if (source.readyState === EventSource.CLOSED) retry = setTimeout(() => follow(person, last), 2000);
  });
}
