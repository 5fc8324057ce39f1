/** `npm run example`: plays a mock interview and writes what comes of it, its transcript and its scorecard, into docs/examples. */
import { mkdir, writeFile } from 'node:fs/promises';
import { openPaint } from '../look/paint.ts';
import { playExample } from './play.ts';

const FOLDER = new URL('../../../docs/examples/', import.meta.url);

const { transcript, scorecard } = await playExample();
const [picture] = (await openPaint()(scorecard)).values();
if (!picture) throw new Error('the scorecard has no picture');
await mkdir(FOLDER, { recursive: true });
await writeFile(new URL('mock-transcript.md', FOLDER), transcript);
await writeFile(new URL('mock-scorecard.png', FOLDER), picture);
console.log('docs/examples/mock-transcript.md\ndocs/examples/mock-scorecard.png');
