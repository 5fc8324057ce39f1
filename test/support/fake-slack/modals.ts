/** What the app's answer to a form does to the modals a person has open. */
import type { Model, Workspace } from './model.ts';
import type { FakeView } from './types.ts';
import { pushModal, replaceView, stackOf, viewProblem } from './views.ts';
import type { Json } from './wire.ts';

/** `errors` must name inputs of the form, each with a word to say. */
function showErrors(view: FakeView, errors: unknown): string | undefined {
  if (typeof errors !== 'object' || errors === null || Object.keys(errors).length === 0) {
    return 'response_action errors without errors';
  }
  const blocks = view.view['blocks'] as readonly Json[];
  const inputs = new Set(blocks.filter(({ type }) => type === 'input').map((block) => block['block_id']));
  const wrong = Object.entries(errors).find(([id, text]) => typeof text !== 'string' || text === '' || !inputs.has(id));
  if (wrong) return `an error for ${wrong[0]}, which is no input of the form`;
  view.errors = errors as Readonly<Record<string, string>>;
  return undefined;
}

export function closeView(workspace: Workspace, view: FakeView): void {
  const stack = stackOf(workspace, view.user);
  const at = stack.indexOf(view);
  if (at >= 0) stack.splice(at, 1);
}

function showNext(model: Model, workspace: Workspace, view: FakeView, action: string, next: Json): string | undefined {
  const problem = viewProblem(workspace, next, 'modal');
  if (problem) return [problem.error, ...problem.said].join(': ');
  if (action === 'push') return pushModal(model, workspace, view.user, next) ? undefined : 'push_limit_reached';
  replaceView(model, view, next);
  view.typed = {};
  return undefined;
}

/** Does what a form's answer says; what is wrong with it, or undefined. The form stays as it is when something is. */
export function applyAnswer(model: Model, workspace: Workspace, view: FakeView, body: unknown): string | undefined {
  if (body === '') {
    closeView(workspace, view);
    return undefined;
  }
  if (typeof body !== 'object' || body === null) return 'a form is answered with nothing or a response_action';
  const { response_action: action, errors, view: next } = body as Json;
  if (action === 'errors') return showErrors(view, errors);
  if (action === 'clear') {
    stackOf(workspace, view.user).length = 0;
    return undefined;
  }
  if (action !== 'update' && action !== 'push') return `response_action ${JSON.stringify(action)} is none Slack knows`;
  if (typeof next !== 'object' || next === null) return `response_action ${action} without a view`;
  return showNext(model, workspace, view, action, next as Json);
}
