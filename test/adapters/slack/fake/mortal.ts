/** An app that answers the first thing it hears with a post, and dies before it acknowledges it. */
const { API_URL = '', APP_TOKEN = '', BOT_TOKEN = '', CHANNEL = '' } = process.env;

async function call(method: string, token: string, args: object): Promise<Readonly<Record<string, unknown>>> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(`${API_URL}${method}`, { method: 'POST', headers, body: JSON.stringify(args) });
  return (await answer.json()) as Readonly<Record<string, unknown>>;
}

const { url } = await call('apps.connections.open', APP_TOKEN, {});
const socket = new WebSocket(String(url));
socket.addEventListener('message', async ({ data }) => {
  const { payload } = JSON.parse(String(data)) as { payload?: { event?: { text?: string; bot_id?: string } } };
  if (payload?.event?.text === undefined || payload.event.bot_id !== undefined) return;
  await call('chat.postMessage', BOT_TOKEN, { channel: CHANNEL, text: `heard: ${payload.event.text}` });
  process.kill(process.pid, 'SIGKILL');
});
