/** Loads a folder in a process of its own and prints what the heap kept of it. */
import { loadBank } from '../../src/bank/load.ts';
import { CANARY } from './hostile-corpus.ts';

const collect = (globalThis as { gc?: () => void }).gc;
if (!collect) throw new Error('start me with --expose-gc');
collect();
const before = process.memoryUsage().heapUsed;
const bank = await loadBank(process.argv[2] ?? '.');
collect();
const grown = process.memoryUsage().heapUsed - before;
const errors = bank.problems.filter(({ severity }) => severity === 'error').length;
console.log(JSON.stringify({ grown, questions: bank.questions.length, errors, canary: CANARY in globalThis }));
