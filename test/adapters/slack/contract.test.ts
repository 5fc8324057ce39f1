/** Slack keeps what every chat owes, over its socket and over HTTP. */
import { chatContract } from '../../contract/chat.ts';
import { openSlackChat } from './harness.ts';

chatContract('Slack in Socket Mode', () => openSlackChat('socket'));
chatContract('Slack over HTTP', () => openSlackChat('http'));
