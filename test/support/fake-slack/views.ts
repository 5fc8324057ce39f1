/** Modals and Home tabs as they stand: opened, pushed, replaced, published. Both views.* and answers to forms use it. */
import { viewProblems } from '../block-kit/index.ts';
import { fileProblems, keepBlocks } from './block-rules.ts';
import type { Model, Workspace } from './model.ts';
import type { FakeView } from './types.ts';
import type { Json } from './wire.ts';

export const DEEPEST_STACK = 3;
const LARGEST_VIEW = 250_000;

/** What Slack would not take about a view; undefined when all is well. */
export function viewProblem(
  workspace: Workspace,
  view: Json,
  type: 'modal' | 'home',
): { readonly error: string; readonly said: readonly string[] } | undefined {
  if (Buffer.byteLength(JSON.stringify(view)) > LARGEST_VIEW) return { error: 'view_too_large', said: [] };
  const wrong = view['type'] === type ? [] : [`a ${type} is wanted here, not ${String(view['type'])}`];
  const said = [...wrong, ...viewProblems(view), ...fileProblems(workspace, view['blocks'])];
  return said.length > 0 ? { error: 'invalid_arguments', said } : undefined;
}

const newHash = (model: Model): string => `${Math.floor(model.clock.now() / 1000)}.${model.newId('h')}`;

const kept = (model: Model, view: Json): Json => ({
  ...view,
  blocks: keepBlocks(model, (view['blocks'] ?? []) as readonly Json[]),
});

/** The modals a person has open, the lowest first. */
export function stackOf(workspace: Workspace, user: string): FakeView[] {
  const there = workspace.modals.get(user);
  if (there) return there;
  const made: FakeView[] = [];
  workspace.modals.set(user, made);
  return made;
}

const make = (model: Model, user: string, view: Json): FakeView => ({
  id: model.newId('V'),
  hash: newHash(model),
  user,
  view: kept(model, view),
  errors: {},
  typed: {},
});

/** Whatever the person had open is gone. */
export function openModal(model: Model, workspace: Workspace, user: string, view: Json): FakeView {
  const made = make(model, user, view);
  workspace.modals.set(user, [made]);
  return made;
}

/** Undefined when there are three already. */
export function pushModal(model: Model, workspace: Workspace, user: string, view: Json): FakeView | undefined {
  const stack = stackOf(workspace, user);
  if (stack.length >= DEEPEST_STACK) return undefined;
  const made = make(model, user, view);
  stack.push(made);
  return made;
}

export function replaceView(model: Model, shown: FakeView, view: Json): void {
  Object.assign(shown, { view: kept(model, view), hash: newHash(model), errors: {} });
}

export function publishHome(model: Model, workspace: Workspace, user: string, view: Json): FakeView {
  const there = workspace.homes.get(user);
  if (there) {
    replaceView(model, there, view);
    return there;
  }
  const made = make(model, user, view);
  workspace.homes.set(user, made);
  return made;
}

/** A modal or Home tab that is on somebody's screen. */
export function findView(
  workspace: Workspace,
  wanted: (view: FakeView) => boolean,
): { readonly view: FakeView; readonly stack: readonly FakeView[] } | undefined {
  const stacks = [...workspace.modals.values(), ...[...workspace.homes.values()].map((home) => [home])];
  for (const stack of stacks) {
    const view = stack.find(wanted);
    if (view) return { view, stack };
  }
  return undefined;
}
