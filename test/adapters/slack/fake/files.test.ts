/** A file is asked for, sent and completed; only then it can be shown. */
import { afterEach, describe, expect, it } from 'vitest';
import { closeOffices, errorOf, openOffice, type Office } from './ask.ts';

afterEach(closeOffices);

const PNG = new Uint8Array([137, 80, 78, 71]);
const picture = (id: string) => [{ type: 'image' as const, slack_file: { id }, alt_text: 'a picture' }];

const ticketFor = async ({ web }: Office, filename = 'a.png'): Promise<{ id: string; url: string }> => {
  const { file_id: id = '', upload_url: url = '' } = await web.files.getUploadURLExternal({
    filename,
    length: PNG.byteLength,
  });
  return { id, url };
};
const send = async (url: string, bytes = PNG): Promise<number> =>
  (await fetch(url, { method: 'POST', body: bytes })).status;

describe('a picture', () => {
  it('can be shown once it is completed, not before', async () => {
    const office = await openOffice({ rates: false });
    const { web, channel, acme, fake } = office;
    const show = (id: string) => web.chat.postMessage({ channel: channel.id, text: 'x', blocks: picture(id) });
    const { id, url } = await ticketFor(office);
    expect(await errorOf(show(id))).toBe('invalid_blocks');
    expect(await send(url)).toBe(200);
    expect(await errorOf(show(id))).toBe('invalid_blocks');
    await web.files.completeUploadExternal({ files: [{ id, title: 'A' }] });
    expect((await show(id)).ok).toBe(true);
    expect(fake.posted(acme.id)).toHaveLength(1);
  });

  it('may have to wait until Slack has looked at it', async () => {
    const office = await openOffice({ rates: false, filesReadyAfterMs: 2000 });
    const { web, channel, fake } = office;
    const show = (id: string) => web.chat.postMessage({ channel: channel.id, text: 'x', blocks: picture(id) });
    const { id, url } = await ticketFor(office);
    await send(url);
    const { files } = await web.files.completeUploadExternal({ files: [{ id }], channel_id: channel.id });
    expect(files).toMatchObject([{ id, mimetype: '' }]);
    expect(channel.messages).toEqual([]);
    expect(await errorOf(show(id))).toBe('invalid_blocks');
    await fake.clock.advance(2000);
    expect(channel.messages).toMatchObject([{ subtype: 'file_share', files: [{ id }] }]);
    expect((await show(id)).ok).toBe(true);
  });

  it('must be a picture, and still be there', async () => {
    const office = await openOffice({ rates: false, scopes: ['chat:write', 'files:write', 'files:read'] });
    const { web, channel } = office;
    const show = (id: string) => web.chat.postMessage({ channel: channel.id, text: 'x', blocks: picture(id) });
    const text = await ticketFor(office, 'a.txt');
    await send(text.url);
    await web.files.completeUploadExternal({ files: [{ id: text.id }] });
    expect(await errorOf(show(text.id))).toBe('invalid_blocks');
    const { id, url } = await ticketFor(office);
    await send(url);
    await web.files.completeUploadExternal({ files: [{ id }] });
    expect(await web.files.info({ file: id })).toMatchObject({ file: { size: PNG.byteLength, mimetype: 'image/png' } });
    await web.files.delete({ file: id });
    expect(await errorOf(show(id))).toBe('invalid_blocks');
    expect(await errorOf(web.files.info({ file: id }))).toBe('file_deleted');
  });
});

describe('an upload', () => {
  it('takes as many bytes as were announced, once', async () => {
    const office = await openOffice();
    const { id, url } = await ticketFor(office);
    expect(await send(url, new Uint8Array(5))).toBe(400);
    expect(await errorOf(office.web.files.completeUploadExternal({ files: [{ id }] }))).toBe('file_not_found');
    expect(await send(url)).toBe(200);
    expect(await send(url)).toBe(404);
    expect(await send(`${office.fake.url}/upload/v1/${office.acme.id}/F404`)).toBe(404);
  });

  it('of the real client in one go ends in a thread, with its comment', async () => {
    const { web, channel, acme, ana, fake } = await openOffice();
    const { ts = '' } = await web.chat.postMessage({ channel: channel.id, text: 'root' });
    await web.filesUploadV2({
      channel_id: channel.id,
      thread_ts: ts,
      initial_comment: 'look',
      file: Buffer.from(PNG),
      filename: 'a.png',
    });
    const [, shared] = acme.visible(ana.id, channel.id, ts);
    expect(shared).toMatchObject({ text: 'look', threadTs: ts, botId: acme.botId });
    expect(shared?.files?.[0]?.bytes).toEqual(PNG);
    expect(fake.complaints).toEqual([]);
  });

  it('goes nowhere the bot is not', async () => {
    const office = await openOffice();
    const lobby = office.acme.addChannel('lobby', { without: 'bot' });
    const { id, url } = await ticketFor(office);
    await send(url);
    const share = office.web.files.completeUploadExternal({ files: [{ id }], channel_id: lobby.id });
    expect(await errorOf(share)).toBe('not_in_channel');
  });
});
