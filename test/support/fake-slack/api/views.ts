/** views.*: modals on a trigger, their updates, and Home tabs. */
import type { FakeView } from '../types.ts';
import { findView, openModal, publishHome, pushModal, replaceView, stackOf, viewProblem } from '../views.ts';
import { viewObject, type Json } from '../wire.ts';
import { invalidArguments, isRecord, needText, nestedOf, Refusal, textOf, type Call, type Methods } from './call.ts';

function readView(call: Call, type: 'modal' | 'home'): Json {
  const view = nestedOf(call, 'view', 'invalid_arguments');
  if (!isRecord(view)) throw invalidArguments('missing required field: view');
  const problem = viewProblem(call.workspace, view, type);
  if (problem?.error === 'invalid_arguments') throw invalidArguments(...problem.said);
  if (problem) throw new Refusal(problem.error);
  return view;
}

/** Whose trigger it is. It is used up even when the call is refused afterwards. */
function exchange(call: Call): string {
  const id = textOf(call, 'trigger_id') ?? textOf(call, 'interactivity_pointer');
  if (id === undefined) throw invalidArguments('missing required field: trigger_id');
  const verdict = call.plugs.useTrigger(call.workspace.id, id);
  if ('error' in verdict) throw new Refusal(verdict.error);
  return verdict.user;
}

function checkExternalId(call: Call, view: Json, except?: FakeView): void {
  const wanted = view['external_id'];
  if (typeof wanted !== 'string' || wanted === '') return;
  const taken = findView(call.workspace, (shown) => shown !== except && shown.view['external_id'] === wanted);
  if (taken) throw new Refusal('duplicate_external_id');
}

const shown = (call: Call, view: FakeView, stack?: readonly FakeView[]): Json => ({
  view: viewObject(call.workspace, view, stack ?? stackOf(call.workspace, view.user)),
});

const open: Methods[string] = {
  token: 'bot',
  args: ['trigger_id', 'interactivity_pointer', 'view'],
  run: (call) => {
    const view = readView(call, 'modal');
    checkExternalId(call, view);
    return shown(call, openModal(call.model, call.workspace, exchange(call), view));
  },
};

const push: Methods[string] = {
  token: 'bot',
  args: ['trigger_id', 'interactivity_pointer', 'view'],
  run: (call) => {
    const view = readView(call, 'modal');
    checkExternalId(call, view);
    const user = exchange(call);
    if (stackOf(call.workspace, user).length === 0) throw new Refusal('invalid_trigger_id');
    const pushed = pushModal(call.model, call.workspace, user, view);
    if (!pushed) throw new Refusal('push_limit_reached');
    return shown(call, pushed);
  },
};

function checkHash(call: Call, view: FakeView): void {
  const hash = textOf(call, 'hash');
  if (hash !== undefined && hash !== view.hash) throw new Refusal('hash_conflict');
}

const update: Methods[string] = {
  token: 'bot',
  args: ['view_id', 'external_id', 'hash', 'view'],
  run: (call) => {
    const id = textOf(call, 'view_id');
    const external = textOf(call, 'external_id');
    if (id === undefined && external === undefined) throw invalidArguments('missing required field: view_id');
    const found = findView(call.workspace, (one) =>
      id === undefined ? one.view['external_id'] === external : one.id === id,
    );
    if (!found) throw new Refusal('not_found');
    const type = found.view.view['type'] === 'home' ? 'home' : 'modal';
    const view = readView(call, type);
    checkHash(call, found.view);
    checkExternalId(call, view, found.view);
    replaceView(call.model, found.view, view);
    return shown(call, found.view, found.stack);
  },
};

const publish: Methods[string] = {
  token: 'bot',
  args: ['user_id', 'view', 'hash'],
  run: (call) => {
    const { model, workspace } = call;
    const user = needText(call, 'user_id');
    if (!workspace.users.has(user)) throw new Refusal('user_not_found');
    const view = readView(call, 'home');
    const there = workspace.homes.get(user);
    if (there) checkHash(call, there);
    return shown(call, publishHome(model, workspace, user, view), []);
  },
};

export const VIEWS: Methods = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
