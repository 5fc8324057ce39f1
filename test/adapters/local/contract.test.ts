/** The local chat keeps what the core relies on, asked through its own page's addresses. */
import { chatContract } from '../../contract/chat.ts';
import { openLocalChat } from './harness.ts';

chatContract('the local chat', openLocalChat);
