/** The thread beside the conversation. */
import { cardOf } from './card.js';
import { Composer } from './composer.js';
import { h, icon } from './dom.js';
import { MessageList } from './list.js';
import { messageOf } from './message.js';

const empty = () =>
  h('div', {}, h('b', {}, 'Nobody has replied yet'), 'What you write here is seen by everybody in this conversation.');

export class Thread {
  list;
  #pane = document.getElementById('thread');
  #title = h('h2', { dir: 'auto' });
  #question = h('details', { class: 'question' });
  #composer;

  /** @param {() => void} close */
  constructor(close) {
    const label = { 'aria-label': 'Close the thread' };
    const shut = h('button', { type: 'button', class: 'icon', onclick: close, ...label }, icon('close'));
    const list = h('ol', { class: 'messages', 'aria-label': 'Replies' });
    const scroll = h('div', { class: 'scroll' }, list);
    const dock = h('div', { class: 'dock' });
    const bar = h('div', { class: 'bar' }, h('div', { class: 'bar-words' }, this.#title), shut);
    this.#pane.append(bar, this.#question, scroll, dock);
    this.list = new MessageList({ list, scroll, inThread: true, openThread: () => {}, empty });
    this.#composer = new Composer({ dock, id: 'reply' });
  }

  /** The message it hangs under, while it is open. */
  get ref() {
    return this.#pane.hidden ? undefined : this.list.place.replace('thread ', '');
  }

  async open(ref) {
    this.#pane.hidden = false;
    this.#question.open = false;
    this.#composer.open(`thread ${ref}`, 'Reply in the thread');
    const { root } = await this.list.open(`thread ${ref}`);
    if (root) this.showRoot(root);
  }

  hide() {
    this.#pane.hidden = true;
  }

  focus() {
    this.#composer.box.focus();
  }

  /** What the thread is about, folded away once it is a card. */
  showRoot(root) {
    const { card, deleted, ref, seq, thread } = root;
    this.#title.textContent = deleted ? 'Thread of a deleted message' : (thread ?? card?.title ?? 'Thread');
    const shown = card
      ? cardOf(card, { ref, seq, isLive: false })
      : h('ol', { class: 'messages' }, messageOf(root, { isNext: false, inThread: true }));
    const { open } = this.#question;
    this.#question.hidden = deleted;
    this.#question.replaceChildren(h('summary', {}, card ? 'Show the question' : 'Show the message'), shown);
    this.#question.open = open || !card;
  }
}
