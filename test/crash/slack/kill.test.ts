/** Greenroom on Slack, killed between every pair of steps. */
import { killing } from '../chat/kill.ts';
import { openSlackWorkplace } from './workplace.ts';

killing('Slack', openSlackWorkplace);
