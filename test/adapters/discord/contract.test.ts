/** Discord keeps what every chat owes, whether we may read what people write or not. */
import { chatContract } from '../../contract/chat.ts';
import { openDiscordChat } from './harness.ts';

chatContract('Discord', () => openDiscordChat(true));
chatContract('Discord without message content', () => openDiscordChat(false));
