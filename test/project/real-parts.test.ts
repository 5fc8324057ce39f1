/** The real parts the other tests stand on are there and are real. */
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { browserThere, launchBrowser } from '../support/browser.ts';
import { freshDatabase, postgresUrl } from '../support/postgres.ts';

describe.runIf(await postgresUrl())('the PostgreSQL of the tests', () => {
  it('gives each caller an empty database of its own and removes it after', async () => {
    const [one, two] = await Promise.all([freshDatabase(), freshDatabase()]);
    const client = new Client({ connectionString: one.url });
    await client.connect();
    await client.query('create table only_here (id integer)');
    const other = new Client({ connectionString: two.url });
    await other.connect();
    const found = await other.query(`select to_regclass('only_here') as name, version() as version`);
    expect(found.rows).toEqual([{ name: null, version: expect.stringContaining('PostgreSQL') }]);
    await Promise.all([client.end(), other.end()]);
    await Promise.all([one.drop(), two.drop()]);
    const gone = new Client({ connectionString: one.url });
    await expect(gone.connect()).rejects.toThrow('does not exist');
  });
});

describe.runIf(await browserThere())('the browser of the tests', () => {
  it('draws text, so a screenshot shows what a person would see', async () => {
    const browser = await launchBrowser();
    try {
      const context = await browser.newContext({ viewport: { width: 300, height: 100 } });
      const page = await context.newPage();
      const shot = async (body: string): Promise<Buffer> => {
        await page.setContent(`<!doctype html><body style="font:40px sans-serif">${body}</body>`);
        return page.screenshot();
      };
      const blank = await shot('');
      expect((await shot('Greenroom')).equals(blank)).toBe(false);
      expect(await shot('Greenroom')).not.toEqual(await shot('Bluerooms'));
    } finally {
      await browser.close();
    }
  });
});
