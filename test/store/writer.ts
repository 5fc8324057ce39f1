/** A program that writes event ids into a database for ever and prints each one once it is committed: `writer.ts <path>`. */
import { openStore } from '../../src/store/open.ts';
import { note } from './rows.ts';

const store = await openStore(`sqlite:${process.argv[2]}`);
for (let n = 0; ; n += 1) {
  const id = String(n).padStart(6, '0');
  await store.write(async (tx) => {
    await note(tx, `${id}-first`);
    await note(tx, `${id}-second`);
  });
  // Until it is out: a loop of microtasks alone would leave what the pipe does not take at once unsaid for ever.
  await new Promise<void>((resolve) => void process.stdout.write(`${id}\n`, () => resolve()));
}
