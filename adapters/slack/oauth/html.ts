/** HTML from templates: whatever is filled in is text, unless it was made here. */

/** Markup that may stand in a page as it is. */
export interface Html {
  readonly html: string;
}

type Filling = string | Html | readonly Html[];

export const html = (parts: TemplateStringsArray, ...fillings: readonly Filling[]): Html => ({
  html: parts.map((part, i) => part + filled(fillings[i] ?? '')).join(''),
});

function filled(filling: Filling): string {
  if (typeof filling === 'string') return escapeHtml(filling);
  return 'html' in filling ? filling.html : filling.map((one) => one.html).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
