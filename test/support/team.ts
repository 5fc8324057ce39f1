/** The team every test world has, and when its story begins. */
import type { ChannelId, Instant, TeamId } from '../../src/chat/ids.ts';

export const TEAM = 'T1' as TeamId;
export const CHANNEL = 'C1' as ChannelId;
/** A Monday, 08:00 in Berlin. */
export const MONDAY = '2026-11-23T07:00:00.000Z' as Instant;
