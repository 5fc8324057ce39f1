/** Who is in a thread, over REST: added, taken out, asked after. */
import { addMessage } from '../messages.ts';
import type { Asked, StoredChannel } from '../model.ts';
import { memberOf, threadMemberOf } from '../payloads.ts';
import { setThreadMember } from '../threads.ts';
import { refuse } from './refusal.ts';
import { demand, DONE, ok, threadOf, type Desk, type Handle } from './route.ts';

const MOST_MEMBERS = 1000;

const personOf = ({ model }: Desk, asked: Asked): string =>
  asked.params['user'] === '@me' ? model.bot.id : (asked.params['user'] ?? '');

function checkOpen(thread: StoredChannel): void {
  if (thread.archived) refuse(50083);
}

const addMember: Handle = (desk, asked) => {
  const { model } = desk;
  const thread = threadOf(desk, asked);
  const user = personOf(desk, asked);
  checkOpen(thread);
  if (user !== model.bot.id) {
    demand(desk, thread, 'sendInThreads');
    if (!model.guild(thread.guild ?? '').members.has(user)) refuse(10007);
    const closed = thread.kind === 'private thread' && !thread.invitable && thread.owner !== model.bot.id;
    if (closed) demand(desk, thread, 'manageThreads');
  }
  if (thread.members.has(user)) return DONE;
  if (thread.members.size >= MOST_MEMBERS) refuse(30033);
  setThreadMember(model, thread, user, true);
  if (user !== model.bot.id) addMessage(model, { channel: thread, author: model.bot.id, type: 1, added: user });
  return DONE;
};

const removeMember: Handle = (desk, asked) => {
  const { model } = desk;
  const thread = threadOf(desk, asked);
  const user = personOf(desk, asked);
  checkOpen(thread);
  const ours = thread.kind === 'private thread' && thread.owner === model.bot.id;
  if (user !== model.bot.id && !ours) demand(desk, thread, 'manageThreads');
  setThreadMember(model, thread, user, false);
  return DONE;
};

const oneMember: Handle = (desk, asked) => {
  const { model } = desk;
  const thread = threadOf(desk, asked);
  const user = personOf(desk, asked);
  if (!thread.members.has(user)) refuse(10007);
  const more = asked.query.get('with_member') === 'true' && {
    member: memberOf(model, model.guild(thread.guild ?? ''), user),
  };
  return ok({ ...threadMemberOf(thread, user), ...more });
};

/** Needs the privileged intent for members, which our bot does not have. */
const allMembers: Handle = (desk, asked) => {
  threadOf(desk, asked);
  return refuse(50001);
};

export const MEMBER_ROUTES: Readonly<Record<string, Handle>> = {
  'GET /channels/:id/thread-members': allMembers,
  'GET /channels/:id/thread-members/:user': oneMember,
  'PUT /channels/:id/thread-members/:user': addMember,
  'DELETE /channels/:id/thread-members/:user': removeMember,
};
