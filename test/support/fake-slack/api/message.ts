/** Reads what a call wants to say, and refuses what Slack would not take. */
import { blocksProblem, keepBlocks } from '../block-rules.ts';
import type { Workspace } from '../model.ts';
import type { FakeMessage } from '../types.ts';
import type { Json } from '../wire.ts';
import { isRecord, nestedOf, Refusal, textOf, type Call } from './call.ts';

export const LONGEST_TEXT = 40_000;
/** Not documented; the fake takes no more than our own rule allows. */
export const LARGEST_METADATA = 1024;
const LONGEST_EVENT_TYPE = 255;

type Content = Pick<FakeMessage, 'text' | 'blocks' | 'metadata'>;

const lengthOf = (text: string): number => [...text].length;

/** Throws what Slack refuses blocks of a message with. */
export function checkBlocks(workspace: Workspace, blocks: unknown): readonly Json[] {
  if (!Array.isArray(blocks) || !blocks.every(isRecord)) throw new Refusal('invalid_blocks_format');
  const problem = blocksProblem(workspace, blocks);
  if (problem?.error === 'invalid_blocks') {
    const messages = problem.said.map((line) => `[ERROR] ${line}`);
    throw new Refusal(problem.error, { errors: problem.said, response_metadata: { messages } });
  }
  if (problem) throw new Refusal(problem.error);
  return blocks;
}

/** Throws what Slack refuses metadata with. An empty record: none. */
export function checkMetadata(metadata: unknown): FakeMessage['metadata'] {
  if (!isRecord(metadata)) throw new Refusal('invalid_metadata_format');
  if (Object.keys(metadata).length === 0) return undefined;
  const { event_type: type, event_payload: payload } = metadata;
  if (typeof type !== 'string' || type === '' || type.length > LONGEST_EVENT_TYPE || !isRecord(payload)) {
    throw new Refusal('invalid_metadata_schema');
  }
  if (Buffer.byteLength(JSON.stringify(metadata)) > LARGEST_METADATA) throw new Refusal('metadata_too_large');
  return { event_type: type, event_payload: payload };
}

/** The text of a message, cut where Slack cuts it. */
export function readText(call: Call): string | undefined {
  const text = textOf(call, 'text');
  if (text === undefined || lengthOf(text) <= LONGEST_TEXT) return text;
  call.warnings.push('message_truncated');
  return [...text].slice(0, LONGEST_TEXT).join('');
}

/** Blocks and metadata of a call, when it names them. */
export function readParts(call: Call): Pick<Content, 'blocks' | 'metadata'> & { readonly noMetadata: boolean } {
  const blocks = nestedOf(call, 'blocks', 'invalid_blocks_format');
  const metadata = nestedOf(call, 'metadata', 'invalid_metadata_format');
  const kept = metadata === undefined ? undefined : checkMetadata(metadata);
  return {
    ...(blocks !== undefined && { blocks: keepBlocks(call.model, checkBlocks(call.workspace, blocks)) }),
    ...(kept && { metadata: kept }),
    noMetadata: metadata !== undefined && kept === undefined,
  };
}
