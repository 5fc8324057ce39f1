/** What people see: a message is a title and blocks, a form is up to five fields. Plain data; each adapter renders it. */
import type { Text } from './text.ts';

/** Where a click leads: which feature, which of its actions, about what. Survives restarts. */
export interface Action {
  readonly feature: string;
  readonly name: string;
  readonly subject: string;
}

export interface Button {
  readonly label: string;
  readonly on: Action;
  readonly style?: 'primary' | 'danger';
}

export interface Option {
  readonly label: string;
  readonly value: string;
}

export type Block =
  | { readonly kind: 'text'; readonly text: Text }
  | { readonly kind: 'small'; readonly text: Text }
  | { readonly kind: 'divider' }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | { readonly kind: 'choice'; readonly on: Action; readonly prompt: string; readonly options: readonly Option[] }
  /** `picture` names a painter, `data` is what it paints; `alt` says the same in words. */
  | { readonly kind: 'image'; readonly picture: string; readonly data: unknown; readonly alt: string };

export interface Message {
  readonly title?: string;
  readonly blocks: readonly Block[];
}

interface AnyField {
  /** Key of the value in `submit.values`. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: true;
  /** What it shows at first. `choice` with `many`: option values joined by commas. */
  readonly value?: string;
}

export type Field =
  | (AnyField & { readonly kind: 'line' })
  | (AnyField & { readonly kind: 'paragraph' })
  | (AnyField & { readonly kind: 'choice'; readonly options: readonly Option[]; readonly many?: true })
  /** 2–10 labelled steps, one of them chosen; a label says what the step looks like. */
  | (AnyField & { readonly kind: 'rating'; readonly steps: readonly Option[] })
  | (AnyField & { readonly kind: 'person' })
  | (AnyField & { readonly kind: 'channel' });

export interface Form {
  readonly on: Action;
  readonly title: string;
  readonly submit: string;
  /** One or two sentences above the fields. */
  readonly intro?: Text;
  readonly fields: readonly Field[];
}
