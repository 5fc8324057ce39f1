/** What a text shows, as its author is shown it. */
import type { Message } from '../../../src/chat/message.ts';
import { mirrorCard } from '../../../src/features/stories/mirror-view.ts';
import { mirrorOf } from '../../../src/mirror/mirror.ts';

const TOLD =
  'Our company sells timetables to schools, and there are nine of us. Every spring the import of rooms breaks, and every ' +
  'spring somebody mends it by hand over a weekend and says that next year it will be done properly. The lead wanted a new ' +
  'report at the same time, for a customer who had been waiting. Last March I asked the two newest colleagues what they had ' +
  'ruled out, and we drew the path of a record on paper. I wrote a check that stops the run when a column is missing, and ' +
  'showed the lead what the report would cost. Since then the import has failed once, and it took us ten minutes to see why.';

export const MIRROR: Message = mirrorCard('story:1', 'The import that breaks every spring', mirrorOf(TOLD));
