/** Greenroom on Discord, killed between every pair of steps. */
import { killing } from '../chat/kill.ts';
import { openDiscordWorkplace } from './workplace.ts';

killing('Discord', openDiscordWorkplace);
