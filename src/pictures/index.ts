/** The door of the pictures: data in, PNG out, in the look of the house. What cannot be painted is told in words. */
import type { renderAsync } from '@resvg/resvg-js';
import type { Paint } from '../chat/adapter.ts';
import type { Log } from '../chat/world.ts';
import { type Faces, fontFiles, readFaces } from './font.ts';
import { pngOf } from './png.ts';
import { drawScorecard } from './scorecard.ts';
import { readScorecard } from './scorecard-data.ts';

export type { Scorecard } from './scorecard-data.ts';

/** Every picture by the name an image block gives it. Undefined: this is no data for such a picture. */
const PICTURES: Readonly<Record<string, (data: unknown, faces: Faces) => string | undefined>> = {
  scorecard: (data, faces) => {
    const card = readScorecard(data);
    return card && drawScorecard(card, faces);
  },
};

/** Pixels to a unit of the picture: sharp on a phone, where it is about as wide as the screen. */
const ZOOM = 2.5;

type Render = typeof renderAsync;

/** Letters and brush: what it takes to paint. */
interface Studio {
  readonly faces: Faces;
  paint(svg: string): Promise<Uint8Array>;
}

/** Built for the machine it runs on, so it may not be there. */
const resvg = async (): Promise<Render> => (await import('@resvg/resvg-js')).renderAsync;

/** Paints one picture at a time, beside the loop. Never rejects: what is wrong is logged, without what the picture shows. */
export function openPainter({ log, load = resvg }: { readonly log: Log; load?(): Promise<Render> }): Paint {
  let studio: Promise<Studio | undefined> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const open = (): Promise<Studio | undefined> =>
    (studio ??= openStudio(load).catch((error: unknown) => {
      log.warn('pictures cannot be painted on this machine; their words stand instead', { error });
      return undefined;
    }));
  return (picture, data) => {
    const draw = Object.hasOwn(PICTURES, picture) ? PICTURES[picture] : undefined;
    if (!draw) return Promise.resolve(undefined);
    const painted = last.then(async () => {
      const at = await open();
      const svg = at && draw(data, at.faces);
      if (at && svg === undefined) log.warn('a picture got data it cannot show; its words stand instead', { picture });
      return svg === undefined ? undefined : at?.paint(svg);
    });
    const safe = painted.catch((error: unknown) => {
      log.warn('a picture could not be painted; its words stand instead', { picture, error });
      return undefined;
    });
    last = safe;
    return safe;
  };
}

async function openStudio(load: () => Promise<Render>): Promise<Studio> {
  const render = await load();
  const font = { loadSystemFonts: false, fontFiles: [...fontFiles()], defaultFontFamily: 'Inter' };
  return {
    faces: readFaces(),
    paint: async (svg) => pngOf(await render(svg, { font, fitTo: { mode: 'zoom', value: ZOOM } })),
  };
}
