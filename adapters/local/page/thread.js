/** The thread beside the conversation. */
import { cardOf } from './card.js';
import { makeComposer } from './composer.js';
import { h, icon } from './dom.js';
import { makeList } from './list.js';
import { messageOf } from './message.js';
import { state } from './state.js';

export function makeThread({ close }) {
  const pane = document.getElementById('thread');
  const title = h('h2', { dir: 'auto' });
  const shut = h(
    'button',
    { type: 'button', class: 'icon', 'aria-label': 'Close the thread', onclick: close },
    icon('close'),
  );
  const question = h('details', { class: 'question' });
  const list = h('ol', { class: 'messages', 'aria-label': 'Replies' });
  const scroll = h('div', { class: 'scroll' }, list);
  const dock = h('div', { class: 'dock' });
  pane.append(h('div', { class: 'bar' }, h('div', { class: 'bar-words' }, title), shut), question, scroll, dock);
  const empty = () =>
    h(
      'div',
      {},
      h('b', {}, 'Nobody has replied yet'),
      'What you write here is seen by everybody in this conversation.',
    );
  const messages = makeList({ list, scroll, inThread: true, openThread: () => {}, empty });
  const composer = makeComposer({ dock, id: 'reply' });

  function showRoot(root) {
    if (!root) return;
    title.textContent = root.deleted ? 'Thread of a deleted message' : (root.thread ?? root.card?.title ?? 'Thread');
    const isOpen = question.open;
    const shown = root.card
      ? cardOf(root.card, { ref: root.ref, isLive: false })
      : h('ol', { class: 'messages' }, messageOf(root, { isNext: false, inThread: true }));
    question.hidden = root.deleted;
    question.replaceChildren(h('summary', {}, root.card ? 'Show the question' : 'Show the message'), shown);
    question.open = isOpen || root.words !== undefined;
  }

  return {
    messages,
    showRoot,
    ref: () => (pane.hidden ? undefined : messages.place().replace('thread ', '')),
    async open(ref, unread) {
      pane.hidden = false;
      question.open = false;
      composer.open(`thread ${ref}`, 'Reply in the thread');
      const { root } = await messages.open(`thread ${ref}`, unread);
      showRoot(root);
    },
    hide() {
      pane.hidden = true;
    },
    focus: () => composer.box.focus(),
    isOpen: () => state.thread !== undefined,
  };
}
