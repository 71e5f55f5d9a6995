import type { ComponentType } from 'react';
import type { Words } from '../kit/text.js';

/** All that the console has to know of a line whose page it shows, at `/pay/<line>`, where the server serves it. */
export interface LineManifest {
  readonly name: Words<string>;
  /** Loaded when it is first opened. */
  readonly page: () => Promise<ComponentType>;
}
