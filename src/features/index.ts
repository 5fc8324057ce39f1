/** Everything Greenroom does, in the order help lists it. A new feature is a folder and a line here. */
import type { Feature } from '../core/feature.ts';
import { daily } from './daily/index.ts';
import { discussion } from './discussion/index.ts';
import { feedback } from './feedback/index.ts';
import { mentor } from './mentor/index.ts';
import { mock } from './mock/index.ts';
import { privacyOf } from './privacy/index.ts';
import { progress } from './progress/index.ts';
import { setup } from './setup/index.ts';
import { stories } from './stories/index.ts';

const behaviour: readonly Feature[] = [setup, daily, feedback, mock, stories, mentor, discussion, progress];

export const features: readonly Feature[] = [...behaviour, privacyOf(behaviour)];
