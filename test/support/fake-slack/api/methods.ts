/** Every Web API method the fake knows. */
import { AUTH } from './auth.ts';
import type { Methods } from './call.ts';
import { CHAT } from './chat.ts';
import { CONVERSATIONS } from './conversations.ts';
import { FILES } from './files.ts';
import { HISTORY } from './history.ts';
import { USERS } from './users.ts';
import { VIEWS } from './views.ts';

/** `oauth.v2.access` apart, which belongs to the desk that hands out the codes. */
export const METHODS: Methods = { ...AUTH, ...CHAT, ...CONVERSATIONS, ...FILES, ...HISTORY, ...USERS, ...VIEWS };
